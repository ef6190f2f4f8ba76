#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/benchmark.h"
#include "store/connection.h"

namespace wordsight::store {

struct BenchmarkRecord {
  BenchmarkId id;
  std::string name;
  std::string source;      // the annotation file
  std::string sourceHash;  // sha256 of it
  RunId run;               // that read it
  BenchmarkReport report;  // what reading it found; pictures are counted as they are joined now
  UnixMillis createdAt = 0;
};

/// A picture found for an item.
struct ItemPicture {
  ItemId item;
  std::string path;  // kept relative inside the project's folder
  std::string hash;  // sha256 of the file; may be empty
  std::int64_t bytes = 0;
};

/// Benchmarks and their items. Items never change; which picture belongs to one is a table of its
/// own, because pictures may arrive later or move.
class BenchmarkRepository {
 public:
  explicit BenchmarkRepository(Connection& connection) : m_connection(connection) {}

  /// Name must be new. Pictures that items already carry are joined. Items get their ids in the
  /// order given.
  Result<BenchmarkId> add(const std::string& name, const std::string& source,
                          const std::string& sourceHash, std::span<const BenchmarkItem> items,
                          const BenchmarkReport& report, RunId run = {});
  Result<BenchmarkRecord> get(BenchmarkId id);
  /// NotFound names the benchmarks there are.
  Result<BenchmarkRecord> find(const std::string& name);
  Result<std::vector<BenchmarkRecord>> list();

  /// In the file's order.
  Result<std::vector<BenchmarkItem>> items(BenchmarkId id);
  Result<BenchmarkItem> item(ItemId id);
  Result<std::vector<ItemIssue>> issues(BenchmarkId id);

  /// Joins (or joins anew) pictures; an empty path takes the picture away.
  Status setPictures(std::span<const ItemPicture> pictures);
  Result<std::optional<ItemPicture>> picture(ItemId id);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
