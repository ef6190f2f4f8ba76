#include "vision/resample.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace wordsight::vision {
namespace {

/// For each output position: where its inputs begin, how many there are, and their weights, `taps`
/// apart.
struct Taps {
  int most = 0;  // a multiple of four: weights are taken in groups, the last may be 0
  int bits = 0;  // of fraction in a weight
  std::vector<int> first, count;
  std::vector<std::int16_t> weights;
  const std::int16_t* of(int i) const {
    return &weights[static_cast<std::size_t>(i) * static_cast<std::size_t>(most)];
  }
};

double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

double triangle(double x) { return std::max(0.0, 1 - std::abs(x)); }

Taps tapsFor(int in, int out, Filter filter) {
  const auto shape = filter == Filter::Bicubic ? cubic : triangle;
  const double scale = static_cast<double>(in) / out;
  const double support = (filter == Filter::Bicubic ? 2 : 1) * std::max(1.0, scale);
  const double inverse = scale >= 1 ? 1 / scale : 1.0;
  Taps taps;
  taps.most = static_cast<int>(std::ceil(support)) * 2 + 1;
  taps.most = (taps.most + 3) / 4 * 4;
  const auto n = static_cast<std::size_t>(out);
  taps.first.resize(n);
  taps.count.resize(n);
  std::vector<double> weights(n * static_cast<std::size_t>(taps.most));
  double most = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double centre = scale * (static_cast<double>(i) + 0.5);
    const int first = std::max(static_cast<int>(centre - support + 0.5), 0);
    const int count = std::min(static_cast<int>(centre + support + 0.5), in) - first;
    double* w = &weights[i * static_cast<std::size_t>(taps.most)];
    double sum = 0;
    for (int k = 0; k < count; ++k) sum += w[k] = shape((k + first - centre + 0.5) * inverse);
    for (int k = 0; k < count && sum != 0; ++k) {
      w[k] /= sum;
      most = std::max(most, w[k]);
    }
    taps.first[i] = first;
    taps.count[i] = count;
  }
  // As many bits as keep the largest weight within 16 bits.
  while (taps.bits < 22 && static_cast<int>(0.5 + most * (1 << (taps.bits + 1))) < (1 << 15))
    ++taps.bits;
  taps.weights.resize(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double w = weights[i] * (1 << taps.bits);
    taps.weights[i] = static_cast<std::int16_t>(w < 0 ? w - 0.5 : w + 0.5);
  }
  return taps;
}

std::uint8_t toByte(std::int32_t sum, int bits) {
  return static_cast<std::uint8_t>(std::clamp(sum >> bits, 0, 255));
}

/// One row, four bytes a pixel in (the last unused; `most` further pixels may be read), three out.
void horizontal(const std::uint8_t* in, std::uint8_t* out, int width, const Taps& taps) {
  const std::int32_t half = 1 << (taps.bits - 1);
  for (int x = 0; x < width; ++x, out += 3) {
    const std::uint8_t* from =
        in + static_cast<std::size_t>(taps.first[static_cast<std::size_t>(x)]) * 4;
    const std::int16_t* w = taps.of(x);
    const int count = taps.count[static_cast<std::size_t>(x)];
#ifdef __SSE2__
    const __m128i zero = _mm_setzero_si128();
    __m128i sum = _mm_set1_epi32(half);
    for (int k = 0; k < count; k += 2) {
      std::int32_t pair;
      std::memcpy(&pair, w + k, 4);
      const __m128i two = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + k * 4));
      const __m128i mixed = _mm_unpacklo_epi8(two, _mm_srli_si128(two, 4));  // r0 r1 g0 g1 b0 b1 …
      sum =
          _mm_add_epi32(sum, _mm_madd_epi16(_mm_unpacklo_epi8(mixed, zero), _mm_set1_epi32(pair)));
    }
    sum = _mm_sra_epi32(sum, _mm_cvtsi32_si128(taps.bits));
    sum = _mm_packus_epi16(_mm_packs_epi32(sum, zero), zero);
    const std::int32_t bytes = _mm_cvtsi128_si32(sum);
    std::memcpy(out, &bytes, 3);
#else
    std::int32_t sum[3] = {half, half, half};
    for (int k = 0; k < count; ++k)
      for (int c = 0; c < 3; ++c) sum[c] += w[k] * from[k * 4 + c];
    for (int c = 0; c < 3; ++c) out[c] = toByte(sum[c], taps.bits);
#endif
  }
}

/// One row of the result out of `count` rows of `bytes` bytes each.
void vertical(const std::uint8_t* in, std::uint8_t* out, std::size_t bytes, const std::int16_t* w,
              int count, int bits) {
  const std::int32_t half = 1 << (bits - 1);
  std::size_t x = 0;
#ifdef __SSE2__
  const __m128i zero = _mm_setzero_si128();
  const __m128i shift = _mm_cvtsi32_si128(bits);
  for (; x + 8 <= bytes; x += 8) {
    __m128i low = _mm_set1_epi32(half), high = low;
    for (int k = 0; k < count; k += 2) {
      std::int32_t pair;
      std::memcpy(&pair, w + k, 4);
      const std::uint8_t* row = in + static_cast<std::size_t>(k) * bytes + x;
      const __m128i first = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(row));
      const __m128i second =
          k + 1 < count ? _mm_loadl_epi64(reinterpret_cast<const __m128i*>(row + bytes)) : zero;
      const __m128i mixed = _mm_unpacklo_epi8(first, second);
      const __m128i weights = _mm_set1_epi32(pair);
      low = _mm_add_epi32(low, _mm_madd_epi16(_mm_unpacklo_epi8(mixed, zero), weights));
      high = _mm_add_epi32(high, _mm_madd_epi16(_mm_unpackhi_epi8(mixed, zero), weights));
    }
    const __m128i words = _mm_packs_epi32(_mm_sra_epi32(low, shift), _mm_sra_epi32(high, shift));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + x), _mm_packus_epi16(words, zero));
  }
#endif
  for (; x < bytes; ++x) {
    std::int32_t sum = half;
    for (int k = 0; k < count; ++k) sum += w[k] * in[static_cast<std::size_t>(k) * bytes + x];
    out[x] = toByte(sum, bits);
  }
}

/// A row with a fourth byte a pixel, which is not used.
void widened(const std::uint8_t* row, std::uint8_t* wide, int width) {
  for (int x = 0; x < width; ++x) std::memcpy(wide + x * 4, row + x * 3, 3);
}

/// How rows are computed: the same numbers in each way.
struct RowFunctions {
  decltype(&widened) widen;
  decltype(&horizontal) across;
  decltype(&vertical) down;
};

#if defined(__SSE2__) && defined(__GNUC__)
#define WORDSIGHT_AVX2 __attribute__((target("avx2")))

WORDSIGHT_AVX2 void widenedAvx2(const std::uint8_t* row, std::uint8_t* wide, int width) {
  const __m128i places = _mm_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
  int x = 0;
  for (; x + 6 <= width; x += 4) {  // sixteen bytes are read for twelve
    const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + x * 3));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(wide + x * 4), _mm_shuffle_epi8(four, places));
  }
  widened(row + x * 3, wide + x * 4, width - x);
}

/// Four taps at a time: two pairs of pixels, each as r0 r1 g0 g1 b0 b1.
WORDSIGHT_AVX2 void horizontalAvx2(const std::uint8_t* in, std::uint8_t* out, int width,
                                   const Taps& taps) {
  const __m128i pairs = _mm_setr_epi8(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
  const __m256i spread = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
  const __m128i half = _mm_set1_epi32(1 << (taps.bits - 1)), shift = _mm_cvtsi32_si128(taps.bits);
  for (int x = 0; x < width; ++x, out += 3) {
    const auto at = static_cast<std::size_t>(x);
    const std::uint8_t* from = in + static_cast<std::size_t>(taps.first[at]) * 4;
    const std::int16_t* w = taps.of(x);
    __m256i sums = _mm256_setzero_si256();
    for (int k = 0; k < taps.count[at]; k += 4) {
      const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + k * 4));
      const __m128i weights = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(w + k));
      sums = _mm256_add_epi32(
          sums,
          _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_shuffle_epi8(four, pairs)),
                            _mm256_permutevar8x32_epi32(_mm256_castsi128_si256(weights), spread)));
    }
    __m128i sum = _mm_add_epi32(
        half, _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1)));
    sum = _mm_sra_epi32(sum, shift);
    sum = _mm_packs_epi32(sum, sum);
    const std::int32_t bytes = _mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
    std::memcpy(out, &bytes, 3);
  }
}

WORDSIGHT_AVX2 void verticalAvx2(const std::uint8_t* in, std::uint8_t* out, std::size_t bytes,
                                 const std::int16_t* w, int count, int bits) {
  const __m256i half = _mm256_set1_epi32(1 << (bits - 1));
  const __m128i zero = _mm_setzero_si128(), shift = _mm_cvtsi32_si128(bits);
  std::size_t x = 0;
  for (; x + 16 <= bytes; x += 16) {
    __m256i low = half, high = half;
    for (int k = 0; k < count; k += 2) {
      std::int32_t pair;
      std::memcpy(&pair, w + k, 4);
      const std::uint8_t* row = in + static_cast<std::size_t>(k) * bytes + x;
      const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row));
      const __m128i second =
          k + 1 < count ? _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + bytes)) : zero;
      const __m256i weights = _mm256_set1_epi32(pair);
      low = _mm256_add_epi32(
          low, _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_unpacklo_epi8(first, second)), weights));
      high = _mm256_add_epi32(
          high, _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_unpackhi_epi8(first, second)), weights));
    }
    // Packing goes lane by lane; the permutation puts the quarters back in order.
    const __m256i words = _mm256_permute4x64_epi64(
        _mm256_packs_epi32(_mm256_sra_epi32(low, shift), _mm256_sra_epi32(high, shift)), 0xD8);
    _mm_storeu_si128(
        reinterpret_cast<__m128i*>(out + x),
        _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1)));
  }
  for (; x < bytes; ++x) {
    std::int32_t sum = 1 << (bits - 1);
    for (int k = 0; k < count; ++k) sum += w[k] * in[static_cast<std::size_t>(k) * bytes + x];
    out[x] = toByte(sum, bits);
  }
}

RowFunctions rowFunctions() {
  if (__builtin_cpu_supports("avx2")) return {&widenedAvx2, &horizontalAvx2, &verticalAvx2};
  return {&widened, &horizontal, &vertical};
}
#else
RowFunctions rowFunctions() { return {&widened, &horizontal, &vertical}; }
#endif

}  // namespace

Picture resized(const Picture& from, int width, int height, Filter filter) {
  const auto inWidth = static_cast<std::size_t>(from.width),
             inHeight = static_cast<std::size_t>(from.height);
  const auto outWidth = static_cast<std::size_t>(width),
             outHeight = static_cast<std::size_t>(height);
  static const RowFunctions compute = rowFunctions();
  Picture narrow;
  const Picture* rows = &from;
  if (width != from.width) {
    const Taps taps = tapsFor(from.width, width, filter);
    narrow.width = width;
    narrow.height = from.height;
    narrow.rgb.resize(outWidth * inHeight * 3);
    std::vector<std::uint8_t> wide((inWidth + static_cast<std::size_t>(taps.most)) * 4);
    for (std::size_t y = 0; y < inHeight; ++y) {
      const std::uint8_t* row = &from.rgb[y * inWidth * 3];
      compute.widen(row, wide.data(), from.width);
      compute.across(wide.data(), &narrow.rgb[y * outWidth * 3], width, taps);
    }
    rows = &narrow;
  }
  if (height == from.height) return rows == &from ? from : std::move(narrow);
  const Taps taps = tapsFor(from.height, height, filter);
  Picture out;
  out.width = width;
  out.height = height;
  out.rgb.resize(outWidth * outHeight * 3);
  const std::size_t bytes = outWidth * 3;
  for (std::size_t y = 0; y < outHeight; ++y)
    compute.down(&rows->rgb[static_cast<std::size_t>(taps.first[y]) * bytes], &out.rgb[y * bytes],
                 bytes, taps.of(static_cast<int>(y)), taps.count[y], taps.bits);
  return out;
}

}  // namespace wordsight::vision
