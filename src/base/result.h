// A use case answers with a value or with a refusal the user can act on. Faults (a full disk, a bug) are exceptions.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rantau {

// The words of one sentence: the name of a place in the text and what stands there ({company}, {until}).
using Words = std::vector<std::pair<std::string, std::string>>;

// A sentence to be said in the reader's language: a key of src/text and the words for its places.
struct Sentence {
  std::string key;
  Words words{};
  bool operator==(const Sentence&) const = default;
};

// Why something was not done. `kind` decides the HTTP status; `key` the sentence shown.
struct Refusal {
  enum Kind {
    invalid,      // 422: what was typed cannot be accepted
    forbidden,    // 403: the right is missing, whatever the object (recorded in the journal)
    not_found,    // 404: absent, or not for this person: the two are never told apart
    conflict,     // 409: somebody was faster, or the state no longer allows it
    too_many,     // 429: slow down
    unavailable,  // 503: the office cannot write just now
  };
  Kind kind;
  std::string key;
  std::vector<Sentence> reasons{};                         // all of them, never only the first
  std::vector<std::pair<std::string, Sentence>> fields{};  // form field -> what is wrong with it
  Words words{};                                           // for the places in `key`'s own sentence
};

// A T or a Refusal. Ask it as a bool first.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::move(value)) {}
  Result(Refusal refusal) : held_(std::move(refusal)) {}
  explicit operator bool() const { return held_.index() == 0; }
  T& operator*() { return std::get<0>(held_); }
  const T& operator*() const { return std::get<0>(held_); }
  T* operator->() { return &std::get<0>(held_); }
  const T* operator->() const { return &std::get<0>(held_); }
  const Refusal& refusal() const { return std::get<1>(held_); }

 private:
  std::variant<T, Refusal> held_;
};

// For use cases that return nothing but success.
struct Done {};

}  // namespace rantau
