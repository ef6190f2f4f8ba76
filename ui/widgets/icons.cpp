#include "widgets/icons.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

// Outside any namespace, as Qt's macro asks: a static library's resource is linked only when asked
// for.
static void initialiseIcons() { Q_INIT_RESOURCE(wordsight_icons); }

namespace wordsight::ui {

namespace {

QByteArray source(const QString& name) {
  static const bool ready = [] {
    initialiseIcons();
    return true;
  }();
  Q_UNUSED(ready)
  static QHash<QString, QByteArray> cache;
  const auto found = cache.constFind(name);
  if (found != cache.constEnd()) return *found;
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  QByteArray bytes;
  if (file.open(QIODevice::ReadOnly)) bytes = file.readAll();
  cache.insert(name, bytes);
  return bytes;
}

/// Draws an SVG whose black is replaced by a colour of the palette when it is painted.
class RecolouredEngine final : public QIconEngine {
 public:
  RecolouredEngine(QString name, QColor fixed)
      : m_name(std::move(name)), m_fixed(std::move(fixed)) {}

  /// Through the same cache as pixmap(): lists draw an icon a row, and reading an SVG takes 0.2 ms.
  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const qreal ratio = painter->device()->devicePixelRatio();
    painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    const QByteArray colour = colourOf(mode).name().toLatin1();
    const QString key = QStringLiteral("wordsight-icon/%1/%2x%3/%4")
                            .arg(m_name)
                            .arg(size.width())
                            .arg(size.height())
                            .arg(QLatin1String(colour));
    QPixmap pixmap;
    if (size.isEmpty()) return pixmap;  // a button that has no room yet
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QByteArray svg = source(m_name);
    svg.replace("#000000", colour).replace("#000", colour);
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(QPointF(0, 0), size));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
  }

  QIconEngine* clone() const override { return new RecolouredEngine(*this); }
  bool isNull() override { return source(m_name).isEmpty(); }

 private:
  QColor colourOf(QIcon::Mode mode) const {
    const QPalette palette = QApplication::palette();
    if (mode == QIcon::Disabled) return palette.color(QPalette::Disabled, QPalette::ButtonText);
    if (mode == QIcon::Selected) return palette.color(QPalette::HighlightedText);
    return m_fixed.isValid() ? m_fixed : palette.color(QPalette::ButtonText);
  }

  QString m_name;
  QColor m_fixed;
};

/// The program's own: a drawing with fewer lines where it is small. Rendered when asked for.
class ApplicationIconEngine final : public QIconEngine {
 public:
  void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override {
    constexpr int kSmall = 24;
    const QSize real = rect.size() * painter->device()->devicePixelRatio();
    QSvgRenderer renderer(source(std::max(real.width(), real.height()) <= kSmall
                                     ? QStringLiteral("wordsight-small")
                                     : QStringLiteral("wordsight")));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(painter, rect);
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return pixmap;
  }
  QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override {
    QList<QSize> sizes;
    for (const int side : {16, 20, 22, 24, 32, 48, 64, 128}) sizes.append({side, side});
    return sizes;
  }
  QIconEngine* clone() const override { return new ApplicationIconEngine(*this); }
  bool isNull() override { return false; }
};

}  // namespace

QIcon icon(const QString& name) { return icon(name, QColor()); }

QIcon icon(const QString& name, const QColor& colour) {
  if (source(name).isEmpty()) return {};
  return QIcon(new RecolouredEngine(name, colour));
}

QIcon applicationIcon() {
  if (source(QStringLiteral("wordsight")).isEmpty()) return {};
  return QIcon(new ApplicationIconEngine);
}

}  // namespace wordsight::ui
