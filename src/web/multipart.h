// multipart/form-data as it arrives: text fields stay in memory, files go to quarantine piece by piece.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/quarantine.h"
#include "web/web.h"

namespace rantau::web {

struct Parts {
  Pairs fields;
  std::vector<Upload> files;
};

struct PartLimits {
  std::size_t parts = 200, files = 20;      // in one request
  std::size_t head = 4096;                  // of one part
  std::size_t text = 2 * 1024 * 1024;       // all text fields of a request together: they stay in memory
  std::size_t one_file = 32 * 1024 * 1024;  // one file; the whole request also has its route's limit
};

class MultipartReader {
 public:
  enum class State { reading, done, broken, too_large, no_room };
  // Without a quarantine files stay in memory, as text does: for bodies that are in memory already.
  MultipartReader(std::string_view boundary, Quarantine*, PartLimits = {});
  State take(std::string_view piece);  // what comes after the end, or after a fault, is ignored
  State state() const { return state_; }
  Parts parts() { return std::move(parts_); }  // once, when done

 private:
  enum class Where { start, delimiter, head, content };
  bool step();  // false: needs more bytes
  bool stop(State why);
  bool begin_part(std::string_view head);
  bool add(std::string_view bytes);
  void end_part();

  std::string delimiter_;  // "\r\n--" + boundary
  Quarantine* quarantine_;
  PartLimits limits_;
  State state_ = State::reading;
  Where where_ = Where::start;
  std::string pending_;
  std::size_t at_ = 0;  // read so far in pending_
  Parts parts_;
  // the part being read
  bool is_file_ = false;
  std::string name_, file_name_, type_, text_;
  std::size_t size_ = 0, text_total_ = 0, count_ = 0;
  std::shared_ptr<Held> held_;
};

// A body that is in memory already. Nothing when it is malformed or past a limit.
std::optional<Parts> read_multipart(std::string_view body, std::string_view boundary);
// boundary of a Content-Type, "" when it has none or a wrong one
std::string boundary_of(std::string_view content_type);

}  // namespace rantau::web
