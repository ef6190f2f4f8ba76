#include "vision/picture_header.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace wordsight::vision {
namespace {

/// Bounds-checked reads; outside the bytes everything is 0.
class Bytes {
 public:
  explicit Bytes(std::span<const std::byte> bytes) : m_bytes(bytes) {}
  std::size_t size() const { return m_bytes.size(); }
  std::uint32_t at(std::size_t i) const {
    return i < m_bytes.size() ? std::to_integer<std::uint32_t>(m_bytes[i]) : 0;
  }
  std::uint32_t big16(std::size_t i) const { return at(i) << 8 | at(i + 1); }
  std::uint32_t big32(std::size_t i) const { return big16(i) << 16 | big16(i + 2); }
  std::uint32_t little16(std::size_t i) const { return at(i) | at(i + 1) << 8; }
  std::uint32_t little24(std::size_t i) const { return little16(i) | at(i + 2) << 16; }
  std::uint32_t little32(std::size_t i) const { return little16(i) | little16(i + 2) << 16; }
  bool is(std::size_t i, std::string_view text) const {
    return i <= size() && text.size() <= size() - i &&
           std::memcmp(m_bytes.data() + i, text.data(), text.size()) == 0;
  }
  std::span<const std::byte> part(std::size_t from, std::size_t count) const {
    if (from >= size()) return {};
    return m_bytes.subspan(from, std::min(count, size() - from));
  }

 private:
  std::span<const std::byte> m_bytes;
};

constexpr std::string_view kPngMark{"\x89PNG\r\n\x1a\n", 8};

/// Walks a JPEG's segments up to the scan: visit(marker, start of the payload, its length) returns
/// true to stop.
template <class Visit>
bool walkJpeg(const Bytes& bytes, Visit visit) {
  for (std::size_t i = 2; i + 4 <= bytes.size();) {
    if (bytes.at(i) != 0xff) return false;
    const std::uint32_t marker = bytes.at(i + 1);
    if (marker == 0xff) {  // fill byte
      ++i;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {  // without a length
      i += 2;
      continue;
    }
    const std::uint32_t length = bytes.big16(i + 2);
    if (length < 2) return false;
    if (visit(marker, i + 4, length - 2)) return true;
    if (marker == 0xda || marker == 0xd9) return false;
    i += 2 + length;
  }
  return false;
}

bool isFrame(std::uint32_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

Result<PictureHeader> jpegHeader(const Bytes& bytes) {
  PictureHeader out{PictureFormat::Jpeg, 0, 0};
  walkJpeg(bytes, [&](std::uint32_t marker, std::size_t at, std::uint32_t length) {
    if (!isFrame(marker) || length < 6) return false;
    out.height = bytes.big16(at + 1);
    out.width = bytes.big16(at + 3);
    return true;
  });
  if (out.width == 0 || out.height == 0) return fail("The JPEG's header is broken.");
  // A whole file ends with FF D9; some programs put bytes of their own behind it.
  for (std::size_t i = bytes.size() - 1; i > 2; --i)
    if (bytes.at(i - 1) == 0xff && bytes.at(i) == 0xd9) return out;
  return fail("The JPEG ends early: the file is incomplete.");
}

Result<PictureHeader> pngHeader(const Bytes& bytes) {
  if (!bytes.is(12, "IHDR") || bytes.big32(8) != 13) return fail("The PNG's header is broken.");
  return PictureHeader{PictureFormat::Png, bytes.big32(16), bytes.big32(20)};
}

Result<PictureHeader> webpHeader(const Bytes& bytes) {
  PictureHeader out{PictureFormat::WebP, 0, 0};
  if (std::uint64_t{bytes.little32(4)} + 8 > bytes.size())
    return fail("The WebP ends early: the file is incomplete.");
  if (bytes.is(12, "VP8X")) {
    out.width = bytes.little24(24) + 1;
    out.height = bytes.little24(27) + 1;
  } else if (bytes.is(12, "VP8L")) {
    const std::uint32_t bits = bytes.little32(21);
    out.width = (bits & 0x3fff) + 1;
    out.height = (bits >> 14 & 0x3fff) + 1;
  } else if (bytes.is(12, "VP8 ")) {
    out.width = bytes.little16(26) & 0x3fff;
    out.height = bytes.little16(28) & 0x3fff;
  } else {
    return fail("The WebP's header is broken.");
  }
  return out;
}

Result<PictureHeader> bmpHeader(const Bytes& bytes) {
  if (bytes.size() < 54 || bytes.little32(14) < 40)
    return fail("The BMP's header is broken or too old.");
  const std::int64_t width = static_cast<std::int32_t>(bytes.little32(18));
  const std::int64_t height = std::abs(std::int64_t{static_cast<std::int32_t>(bytes.little32(22))});
  const std::int64_t bits = bytes.little16(28);
  const std::uint32_t compression = bytes.little32(30);
  if (compression != 0 && compression != 3)
    return fail("The BMP is compressed; save it as PNG.", ErrorKind::Unsupported);
  if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32)
    return fail("The BMP's header is broken: " + std::to_string(bits) + " bits a pixel.");
  if (width <= 0 || height <= 0) return fail("The picture's header gives no size.");
  // Rows are padded to four bytes; both factors are below 2^37.
  const std::int64_t row = (width * bits + 31) / 32 * 4;
  const std::int64_t left = static_cast<std::int64_t>(bytes.size()) - bytes.little32(10);
  if (left < 0 || row > left / height) return fail("The BMP ends early: the file is incomplete.");
  return PictureHeader{PictureFormat::Bmp, width, height};
}

std::uint32_t crc32(std::span<const std::byte> bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> out{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = value & 1 ? 0xedb88320u ^ value >> 1 : value >> 1;
      out[i] = value;
    }
    return out;
  }();
  std::uint32_t crc = 0xffffffffu;
  for (const std::byte b : bytes)
    crc = table[(crc ^ std::to_integer<std::uint32_t>(b)) & 0xff] ^ crc >> 8;
  return ~crc;
}

/// Orientation out of a TIFF structure (EXIF 2.32, tag 0x0112 in the first directory).
int tiffOrientation(const Bytes& tiff) {
  const bool little = tiff.is(0, "II");
  if (!little && !tiff.is(0, "MM")) return 1;
  const auto u16 = [&](std::size_t i) { return little ? tiff.little16(i) : tiff.big16(i); };
  const auto u32 = [&](std::size_t i) { return little ? tiff.little32(i) : tiff.big32(i); };
  if (u16(2) != 42) return 1;
  const std::size_t directory = u32(4);
  if (directory + 2 > tiff.size()) return 1;
  const std::uint32_t entries = u16(directory);
  for (std::uint32_t k = 0; k < entries; ++k) {
    const std::size_t entry = directory + 2 + std::size_t{12} * k;
    if (entry + 12 > tiff.size()) return 1;
    if (u16(entry) != 0x0112) continue;
    const std::uint32_t value = u16(entry + 2) == 3 ? u16(entry + 8) : u32(entry + 8);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

int orientationOfExif(const Bytes& bytes, std::size_t at, std::size_t length) {
  if (bytes.is(at, std::string_view("Exif\0\0", 6)) && length >= 6) {
    at += 6;
    length -= 6;
  }
  return tiffOrientation(Bytes(bytes.part(at, length)));
}

}  // namespace

Result<PictureHeader> readPictureHeader(std::span<const std::byte> raw) {
  const Bytes bytes(raw);
  if (bytes.size() == 0) return fail("The file is empty.");
  Result<PictureHeader> header =
      fail("This is no picture that Wordsight reads: convert it to JPEG, PNG, WebP or BMP.",
           ErrorKind::Unsupported);
  if (bytes.is(0, "\xff\xd8\xff"))
    header = jpegHeader(bytes);
  else if (bytes.is(0, kPngMark))
    header = pngHeader(bytes);
  else if (bytes.is(0, "RIFF") && bytes.is(8, "WEBP"))
    header = webpHeader(bytes);
  else if (bytes.is(0, "BM"))
    header = bmpHeader(bytes);
  if (header && (header->width <= 0 || header->height <= 0))
    return fail("The picture's header gives no size.");
  return header;
}

Result<std::string> withoutSideChunks(std::span<const std::byte> raw) {
  const Bytes bytes(raw);
  std::string out(kPngMark);
  bool hasPixels = false;
  const auto text = [&](std::size_t from, std::size_t count) {
    return std::string_view(reinterpret_cast<const char*>(raw.data()) + from, count);
  };
  for (std::size_t i = 8; i + 12 <= bytes.size();) {
    const std::size_t length = bytes.big32(i);
    if (length > bytes.size() - i - 12) break;
    const auto name = text(i + 4, 4);
    const bool end = name == "IEND";
    if (end || name == "IHDR" || name == "PLTE" || name == "tRNS" || name == "IDAT") {
      if (crc32(bytes.part(i + 4, length + 4)) != bytes.big32(i + 8 + length))
        return fail("The PNG is damaged: a checksum is wrong.");
      out += text(i, length + 12);
      hasPixels |= name == "IDAT";
    }
    if (end && !hasPixels) return fail("The PNG holds no pixels.");
    if (end) return out;
    i += length + 12;
  }
  return fail("The PNG ends early: the file is incomplete.");
}

int exifOrientation(std::span<const std::byte> raw, PictureFormat format) {
  const Bytes bytes(raw);
  int out = 1;
  if (format == PictureFormat::Jpeg) {
    walkJpeg(bytes, [&](std::uint32_t marker, std::size_t at, std::uint32_t length) {
      if (marker != 0xe1 || !bytes.is(at, std::string_view("Exif\0\0", 6))) return false;
      out = orientationOfExif(bytes, at, length);
      return true;
    });
  } else if (format == PictureFormat::Png) {
    for (std::size_t i = 8; i + 12 <= bytes.size();) {
      const std::size_t length = bytes.big32(i);
      if (length > bytes.size() - i - 12) break;
      if (bytes.is(i + 4, "eXIf")) return orientationOfExif(bytes, i + 8, length);
      i += length + 12;
    }
  } else if (format == PictureFormat::WebP) {
    for (std::size_t i = 12; i + 8 <= bytes.size();) {
      const std::size_t length = bytes.little32(i + 4);
      if (length > bytes.size() - i - 8) break;
      if (bytes.is(i, "EXIF")) return orientationOfExif(bytes, i + 8, length);
      i += 8 + length + (length & 1);
    }
  }
  return out;
}

}  // namespace wordsight::vision
