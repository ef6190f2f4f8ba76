#include "widgets/theme.h"

#include <QApplication>
#include <QFont>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/readable_style.h"

namespace wordsight::ui {

namespace {

QPalette lightPalette() {
  QPalette p;
  p.setColor(QPalette::Window, QColor(0xf3f4f5U));
  p.setColor(QPalette::WindowText, QColor(0x1f2328U));
  p.setColor(QPalette::Base, QColor(0xffffffU));
  p.setColor(QPalette::AlternateBase, QColor(0xf7f8f9U));
  p.setColor(QPalette::Text, QColor(0x1f2328U));
  p.setColor(QPalette::Button, QColor(0xeceef0U));
  p.setColor(QPalette::ButtonText, QColor(0x1f2328U));
  p.setColor(QPalette::BrightText, QColor(0xffffffU));
  p.setColor(QPalette::ToolTipBase, QColor(0xffffffU));
  p.setColor(QPalette::ToolTipText, QColor(0x1f2328U));
  p.setColor(QPalette::PlaceholderText, QColor(0x6a737dU));
  p.setColor(QPalette::Highlight, QColor(0x0a64adU));
  p.setColor(QPalette::HighlightedText, QColor(0xffffffU));
  p.setColor(QPalette::Link, QColor(0x0a64adU));
  p.setColor(QPalette::LinkVisited, QColor(0x6f42c1U));
  p.setColor(QPalette::Light, QColor(0xffffffU));
  p.setColor(QPalette::Midlight, QColor(0xe6e8ebU));
  p.setColor(QPalette::Mid, QColor(0xc4c9ceU));
  p.setColor(QPalette::Dark, QColor(0x9aa2aaU));
  p.setColor(QPalette::Shadow, QColor(0x6a737dU));
  for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, QColor(0x7c858fU));
  p.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0xc4c9ceU));
  p.setColor(QPalette::Disabled, QPalette::HighlightedText, QColor(0x57606aU));
  return p;
}

QPalette darkPalette() {
  QPalette p;
  p.setColor(QPalette::Window, QColor(0x24272bU));
  p.setColor(QPalette::WindowText, QColor(0xe3e6eaU));
  p.setColor(QPalette::Base, QColor(0x1b1d20U));
  p.setColor(QPalette::AlternateBase, QColor(0x212427U));
  p.setColor(QPalette::Text, QColor(0xe3e6eaU));
  p.setColor(QPalette::Button, QColor(0x32363bU));
  p.setColor(QPalette::ButtonText, QColor(0xe3e6eaU));
  p.setColor(QPalette::BrightText, QColor(0xffffffU));
  p.setColor(QPalette::ToolTipBase, QColor(0x32363bU));
  p.setColor(QPalette::ToolTipText, QColor(0xe3e6eaU));
  p.setColor(QPalette::PlaceholderText, QColor(0x949ca5U));
  p.setColor(QPalette::Highlight, QColor(0x2a75bbU));
  p.setColor(QPalette::HighlightedText, QColor(0xffffffU));
  p.setColor(QPalette::Link, QColor(0x6db3f2U));
  p.setColor(QPalette::LinkVisited, QColor(0xb392f0U));
  p.setColor(QPalette::Light, QColor(0x4a5057U));
  p.setColor(QPalette::Midlight, QColor(0x3c4147U));
  p.setColor(QPalette::Mid, QColor(0x4a5057U));
  p.setColor(QPalette::Dark, QColor(0x121416U));
  p.setColor(QPalette::Shadow, QColor(0x000000U));
  for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, QColor(0x88909aU));
  p.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0x3c4147U));
  p.setColor(QPalette::Disabled, QPalette::HighlightedText, QColor(0x9aa2aaU));
  return p;
}

double luminance(const QColor& colour) {
  const auto linear = [](double c) {
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

/// The colour, moved towards the text's colour until it stands out enough from the base.
QColor readable(QColor colour, const QPalette& palette, double least) {
  const QColor base = palette.color(QPalette::Base), text = palette.color(QPalette::Text);
  for (int i = 0; i < 20 && contrast(colour, base) < least; ++i) colour = mixed(colour, text, 0.1);
  return colour;
}

// Okabe and Ito, "Color Universal Design" (2008), in the order that keeps neighbours apart.
constexpr QRgb kOkabeIto[] = {0x0072b2U, 0xe69f00U, 0x009e73U, 0xd55e00U, 0xcc79a7U, 0x56b4e9U};

}  // namespace

void applyTheme(ThemeChoice choice) {
  static const QPalette system = QApplication::palette();
  static bool styled = false;
  if (!styled) {
    QApplication::setStyle(new ReadableStyle);
    styled = true;
  }
  QPalette palette;
  if (choice == ThemeChoice::Light || choice == ThemeChoice::Dark)
    palette = choice == ThemeChoice::Dark ? darkPalette() : lightPalette();
  else
    palette = isDark(system) ? darkPalette() : lightPalette();
  QApplication::setPalette(palette);
  QToolTip::setPalette(palette);
}

bool isDark(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() <
         palette.color(QPalette::WindowText).lightness();
}

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto between = [share](float x, float y) {
    return static_cast<float>(x + (y - x) * share);
  };
  return QColor::fromRgbF(between(a.redF(), b.redF()), between(a.greenF(), b.greenF()),
                          between(a.blueF(), b.blueF()));
}

double contrast(const QColor& a, const QColor& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QColor seriesColour(const QPalette& palette, int index) {
  constexpr int kCount = static_cast<int>(std::size(kOkabeIto));
  return readable(QColor(kOkabeIto[((index % kCount) + kCount) % kCount]), palette, 3.0);
}

QColor letterColour(const QPalette& palette, int option) { return seriesColour(palette, option); }

QColor goodColour(const QPalette& palette) { return readable(QColor(0x007a59U), palette, 4.5); }
QColor badColour(const QPalette& palette) { return readable(QColor(0xc2410cU), palette, 4.5); }
QColor warnColour(const QPalette& palette) { return readable(QColor(0x9a6700U), palette, 4.5); }

QColor mutedColour(const QPalette& palette) {
  const QColor muted = mixed(palette.color(QPalette::Text), palette.color(QPalette::Base),
                             isDark(palette) ? 0.35 : 0.4);
  return readable(muted, palette, 4.5);
}

QColor markColour(const QPalette& palette) {
  const QColor base = palette.color(QPalette::Base), window = palette.color(QPalette::Window),
               text = palette.color(QPalette::WindowText);
  QColor mark = window;
  for (double share = 0.3; share < 1; share += 0.05) {
    mark = mixed(window, text, share);
    if (contrast(mark, base) >= 3.0 && contrast(mark, window) >= 3.0) break;
  }
  return mark;
}

QColor lineColour(const QPalette& palette) {
  return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.16);
}

QFont tabularFont(const QFont& font) {
  // Fonts of desktops have figures of one width unless a feature says otherwise; kerning would
  // move them.
  QFont tabular(font);
  tabular.setKerning(false);
  return tabular;
}

}  // namespace wordsight::ui
