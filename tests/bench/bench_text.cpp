// How fast tokenizers load and encode: bench_text TOKENIZER.json|FOLDER [TEXT-FILE] [THREADS]
// The text file is cut into pieces of about 2 KB, the size of a prompt; without one, generated
// English is used. Processor time of the whole process is shown beside wall time: on a busy machine
// only the former says something.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/random.h"
#include "base/time.h"
#include "text/tokenizer.h"

namespace {

using namespace wordsight;

double processorSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string generatedText(std::size_t size) {
  Random random(1, "bench_text");
  std::string text;
  while (text.size() < size) {
    for (auto n = 1 + random.below(9); n > 0; --n)
      text += static_cast<char>('a' + random.below(26));
    text += random.chance(0.1) ? ".\n" : " ";
  }
  return text;
}

std::vector<std::string> pieces(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find(' ', std::min(text.size(), at + 2000));
    if (end == std::string::npos) end = text.size();
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_text TOKENIZER.json|FOLDER [TEXT-FILE] [THREADS]\n");
    return 2;
  }
  Stopwatch watch;
  double before = processorSeconds();
  const auto tokenizer = text::Tokenizer::load(argv[1]);
  if (!tokenizer) {
    std::fprintf(stderr, "%s\n", tokenizer.error().message.c_str());
    return 1;
  }
  std::printf("load    %7.3f s wall %7.3f s cpu\n", watch.seconds(), processorSeconds() - before);

  std::string text = generatedText(4'000'000);
  if (argc > 2) {
    auto read = readFile(argv[2]);
    if (!read) {
      std::fprintf(stderr, "%s\n", read.error().message.c_str());
      return 1;
    }
    text = std::move(*read);
  }
  const auto parts = pieces(text);
  const int threads = argc > 3 ? std::max(1, std::atoi(argv[3])) : 1;
  std::vector<std::vector<std::int64_t>> ids(parts.size());
  for (int round = 0; round < 3; ++round) {  // the first fills the cache of words
    watch.restart();
    before = processorSeconds();
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t)
      workers.emplace_back([&, t] {
        for (std::size_t i = static_cast<std::size_t>(t); i < parts.size();
             i += static_cast<std::size_t>(threads))
          ids[i] = tokenizer->encode(parts[i], false);
      });
    for (auto& worker : workers) worker.join();
    const double wall = watch.seconds(), cpu = processorSeconds() - before;
    std::size_t tokens = 0;
    for (const auto& one : ids) tokens += one.size();
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    std::printf("encode  %7.3f s wall %7.3f s cpu  %6.1f MB/s a core  %9zu tokens\n", wall, cpu,
                megabytes / cpu, tokens);
  }
  watch.restart();
  before = processorSeconds();
  std::size_t bytes = 0;
  for (const auto& one : ids) bytes += tokenizer->decode(one, false).size();
  std::printf("decode  %7.3f s wall %7.3f s cpu  %6.1f MB/s a core\n", watch.seconds(),
              processorSeconds() - before,
              static_cast<double>(bytes) / 1e6 / (processorSeconds() - before));
}
