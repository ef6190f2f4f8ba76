// How fast pictures become what a model takes: bench_pictures MODEL FOLDER [THREADS] [REPEATS]
// Decodes and processes every picture of FOLDER with MODEL's processor, and prints one line of
// JSON: wall time and processor time of the fastest repeat. pictures_beside_transformers.py runs it
// beside the reference.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "base/time.h"
#include "vision/processor.h"

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

bool processAll(const vision::PictureProcessor& processor,
                const std::vector<std::filesystem::path>& files, int threads) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> good{true};
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++)
      if (const auto pack = processor.processFile(files[i]); !pack) {
        std::fprintf(stderr, "%s\n", pack.error().message.c_str());
        good = false;
      }
  };
  std::vector<std::jthread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  return good;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "bench_pictures MODEL FOLDER [THREADS] [REPEATS]\n");
    return 2;
  }
  const auto processor = vision::processorFor(arguments[1]);
  if (!processor) {
    std::fprintf(stderr, "%s\n", processor.error().message.c_str());
    return 1;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(arguments[2]))
    if (entry.path().extension() == ".jpg") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  const int threads = count > 3 ? std::max(1, std::atoi(arguments[3])) : 2;
  const int repeats = count > 4 ? std::max(1, std::atoi(arguments[4])) : 3;
  double wall = 1e9, processorTime = 1e9;
  for (int i = 0; i < repeats; ++i) {
    const double before = processorSeconds();
    const Stopwatch watch;
    if (!processAll(**processor, files, threads)) return 1;
    wall = std::min(wall, watch.seconds());
    processorTime = std::min(processorTime, processorSeconds() - before);
  }
  std::printf("{\"pictures\": %zu, \"threads\": %d, \"wall\": %.3f, \"processor\": %.3f}\n",
              files.size(), threads, wall, processorTime);
}
