#include "plots/plot_export.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <charconv>

#include "base/file.h"

namespace wordsight::ui {
namespace {

constexpr double kDotsPerInch = 96;
constexpr int kPictureScale = 2;

std::string lowerEnding(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return ending;
}

void paintPage(QCPPainter& painter, const PlotPage& page) {
  const QRectF area(QPointF(0, 0), QSizeF(page.size));
  painter.setMode(QCPPainter::pmNoCaching);
  page.paint(painter, area);
}

QByteArray pngBytes(const PlotPage& page) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  pageImage(page).save(&buffer, "PNG");
  return bytes;
}

QByteArray pdfBytes(const PlotPage& page) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setCreator(QStringLiteral("Wordsight"));
  writer.setResolution(static_cast<int>(kDotsPerInch));
  writer.setPageMargins(QMarginsF());
  const QSizeF points = QSizeF(page.size) * (72 / kDotsPerInch);
  writer.setPageSize(QPageSize(points, QPageSize::Point, QString(), QPageSize::ExactMatch));
  QCPPainter painter;
  if (!painter.begin(&writer)) return {};
  painter.setMode(QCPPainter::pmVectorized);
  paintPage(painter, page);
  painter.end();
  return bytes;
}

QByteArray svgBytes(const PlotPage& page) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(static_cast<int>(kDotsPerInch));
  generator.setSize(page.size);
  generator.setViewBox(QRect(QPoint(0, 0), page.size));
  QCPPainter painter;
  if (!painter.begin(&generator)) return {};
  painter.setMode(QCPPainter::pmVectorized);
  paintPage(painter, page);
  painter.end();
  return bytes;
}

}  // namespace

QImage pageImage(const PlotPage& page) {
  QImage image(page.size * kPictureScale, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(kPictureScale);
  image.fill(Qt::white);
  QCPPainter painter;
  if (painter.begin(&image)) {
    painter.setRenderHint(QPainter::TextAntialiasing);
    paintPage(painter, page);
    painter.end();
  }
  return image;
}

Result<ExportJob> pictureJob(const PlotPage& page, const std::filesystem::path& path) {
  const std::string ending = lowerEnding(path);
  QByteArray bytes;
  if (ending == ".png") {
    bytes = pngBytes(page);
  } else if (ending == ".pdf") {
    bytes = pdfBytes(page);
  } else if (ending == ".svg") {
    bytes = svgBytes(page);
  } else {
    return fail(path.string() +
                ": plots are saved as .png, .pdf, .svg or .csv; choose one of these "
                "endings.");
  }
  if (bytes.isEmpty())
    return fail(path.string() +
                    ": the picture could not be made; try a smaller window or another "
                    "format.",
                ErrorKind::Internal);
  return ExportJob([bytes, path] {
    return writeFileAtomically(
        path, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  });
}

ExportJob csvJob(CsvTable table, const std::filesystem::path& path) {
  return [table = std::move(table), path]() -> Status {
    std::string text = csvLine(table.header);
    for (const auto& row : table.rows) text += csvLine(row);
    return writeFileAtomically(path, text);
  };
}

bool isCsv(const std::filesystem::path& path) { return lowerEnding(path) == ".csv"; }

std::string csvLine(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) {
    if (&field != &fields.front()) line += ',';
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
      line += field;
      continue;
    }
    line += '"';
    for (const char c : field) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  line += "\r\n";
  return line;
}

std::string csvNumber(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

}  // namespace wordsight::ui
