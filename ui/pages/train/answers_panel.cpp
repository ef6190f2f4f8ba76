#include "pages/train/answers_panel.h"

#include <QHeaderView>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QTextBrowser>

#include "bridge/settings.h"
#include "pages/train/answers_model.h"
#include "widgets/empty_state.h"
#include "widgets/theme.h"
#include "widgets/word_diff.h"

namespace wordsight::ui {

namespace {

const QString kSplitter = QStringLiteral("train/answersSplitter");
constexpr int kLinesShown = 3;

QString heading(const QString& text) {
  return QStringLiteral("<p style=\"margin-bottom:2px\"><b>%1</b></p>").arg(text.toHtmlEscaped());
}

}  // namespace

AnswersPanel::AnswersPanel(Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_model(new AnswersModel(this)),
      m_table(new QTableView(this)),
      m_question(new QTextBrowser(this)),
      m_answers(new WordDiff(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_stack(new QStackedLayout(this)) {
  setObjectName(QStringLiteral("answersPanel"));
  build();
  connect(m_model, &QAbstractItemModel::modelReset, this, &AnswersPanel::rowsChanged);
  connect(m_model, &QAbstractItemModel::rowsInserted, this, &AnswersPanel::rowsChanged);
  connect(m_model, &QAbstractItemModel::dataChanged, this, &AnswersPanel::showDetail);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid()) m_follow = current.row() == m_model->rowCount() - 1;
            showDetail();
          });
  connect(m_splitter, &QSplitter::splitterMoved, this,
          [this] { m_settings.setValue(kSplitter, m_splitter->saveState()); });
}

void AnswersPanel::build() {
  m_table->setObjectName(QStringLiteral("answersTable"));
  m_table->setAccessibleName(tr("Answers by step and question"));
  m_table->setModel(m_model);
  m_table->setWordWrap(true);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setAlternatingRowColors(true);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->verticalHeader()->setHighlightSections(false);
  m_table->verticalHeader()->setDefaultSectionSize(
      kLinesShown * m_table->fontMetrics().lineSpacing() + kSpaceSmall);
  m_table->verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignTop);

  m_question->setObjectName(QStringLiteral("answerQuestion"));
  m_question->setAccessibleName(tr("The question"));
  m_question->setOpenLinks(false);
  m_question->setFrameShape(QFrame::NoFrame);
  m_question->document()->setDocumentMargin(kSpaceLarge);
  m_answers->setObjectName(QStringLiteral("answerDiff"));
  m_answers->setAccessibleName(tr("The answer, compared with the one before training"));
  m_answers->setFrameShape(QFrame::NoFrame);
  auto* detail = new QSplitter(Qt::Horizontal, m_splitter);
  detail->addWidget(m_question);
  detail->addWidget(m_answers);
  detail->setSizes({1, 1});
  m_splitter->addWidget(m_table);
  m_splitter->addWidget(detail);
  m_splitter->setStretchFactor(0, 3);
  m_splitter->setStretchFactor(1, 2);
  m_splitter->setChildrenCollapsible(false);
  m_splitter->restoreState(m_settings.value(kSplitter).toByteArray());
  auto* empty = new EmptyState(
      QStringLiteral("caption"), tr("No answers yet"),
      tr("At each probe, the same few held-out questions are answered here, so that you see how "
         "the answers change. This needs a dataset with an eval split and \"Probe every\" set."),
      this);
  m_stack->addWidget(m_splitter);
  m_stack->addWidget(empty);
  rowsChanged();
}

void AnswersPanel::setSamples(const std::vector<Sample>& samples) {
  m_follow = true;
  m_model->setSamples(samples);
}

void AnswersPanel::add(const Sample& sample) { m_model->add(sample); }

void AnswersPanel::rowsChanged() {
  const bool any = m_model->rowCount() > 0;
  m_stack->setCurrentIndex(any ? 0 : 1);
  if (!any) return;
  if (m_follow || !m_table->currentIndex().isValid()) {
    const int column = std::max(0, m_table->currentIndex().column());
    const auto newest = m_model->index(m_model->rowCount() - 1, column);
    m_table->setCurrentIndex(newest);
    m_table->scrollTo(newest);
    m_follow = true;
  }
  showDetail();
}

void AnswersPanel::showDetail() {
  const QModelIndex current = m_table->currentIndex();
  if (!current.isValid()) {
    m_question->clear();
    m_answers->setSections({});
    return;
  }
  QString question = m_model->question(current.column()).toHtmlEscaped();
  question.replace(u'\n', QStringLiteral("<br>"));
  m_question->setHtml(heading(tr("Question %1").arg(current.column() + 1)) + question);
  const QString first = m_model->answer(0, current.column());
  const QString now = m_model->answer(current.row(), current.column());
  m_answers->setSections(
      {{current.row() == 0 ? m_model->stepText(0)
                           : tr("%1, compared with before").arg(m_model->stepText(current.row())),
        first, now}});
}

}  // namespace wordsight::ui
