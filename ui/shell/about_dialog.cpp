#include "shell/about_dialog.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("about"));
  setWindowTitle(tr("About Wordsight"));
  auto* logo = new QLabel(this);
  logo->setPixmap(applicationIcon().pixmap(64, 64));
  auto* text = new QLabel(this);
  text->setTextFormat(Qt::RichText);
  text->setWordWrap(true);
  text->setMinimumWidth(380);
  text->setTextInteractionFlags(Qt::TextBrowserInteraction);
  text->setOpenExternalLinks(true);
  text->setText(
      tr("<h3>Wordsight %1</h3>"
         "<p>A workbench for teaching vision-language models with text, after "
         "<a href=\"https://arxiv.org/abs/2503.16965\">arXiv 2503.16965</a>.</p>"
         "<p>Free software under the GNU General Public License, version 3 or later; there is no "
         "warranty.</p>"
         "<p>It stands on Qt %2, libtorch, QCustomPlot, SQLite with SQLiteCpp, OpenCV, PCRE2, "
         "utf8proc, Boost.Math, nlohmann-json, spdlog and CLI11.</p>")
          .arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion())));
  text->setAccessibleName(tr("About Wordsight"));
  auto* close = new QPushButton(tr("Close"), this);
  close->setObjectName(QStringLiteral("aboutClose"));
  close->setToolTip(tr("Close this window"));
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  auto* top = new QHBoxLayout;
  top->setSpacing(kSpacePage);
  top->addWidget(logo, 0, Qt::AlignTop);
  top->addWidget(text, 1);
  auto* bottom = new QHBoxLayout;
  bottom->addStretch();
  bottom->addWidget(close);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpaceHuge, kSpaceHuge, kSpaceHuge, kSpacePage);
  column->setSpacing(kSpacePage);
  column->addLayout(top);
  column->addLayout(bottom);
}

}  // namespace wordsight::ui
