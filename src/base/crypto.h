// libsodium and SHA-256 behind a few plain verbs. Keys are files in the data folder's keys/ (mode 0600) or elsewhere by
// setting; they never stand in the database.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rantau::crypto {

void init();  // once, before anything else here
std::string random_bytes(std::size_t n);
std::string sha256(std::string_view);  // 32 bytes
class Sha256 {                         // the same of what arrives piece by piece
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view);
  std::string digest();  // once, at the end

 private:
  struct State;
  std::unique_ptr<State> state_;
};
std::string hex(std::string_view bytes);
std::optional<std::string> unhex(std::string_view);
std::string base64url(std::string_view bytes);
std::optional<std::string> unbase64url(std::string_view);
std::string hmac_sha256(std::string_view key, std::string_view message);
bool equal(std::string_view a, std::string_view b);  // constant time

std::string hash_password(std::string_view password);  // Argon2id, libsodium "interactive" limits, PHC string
bool check_password(std::string_view phc, std::string_view password);
std::string dummy_password_hash();  // checked for unknown accounts, so that time tells nothing

struct SigningKey {
  std::string public_key, secret_key;
};  // Ed25519
SigningKey new_signing_key();
std::string sign(const SigningKey&, std::string_view message);
bool verify(std::string_view public_key, std::string_view message, std::string_view signature);

// XChaCha20-Poly1305 with associated data (table|column|row|key version). Fails closed: nothing on a wrong key or place.
std::string seal(std::string_view key32, std::string_view plain, std::string_view associated);
std::optional<std::string> open(std::string_view key32, std::string_view sealed, std::string_view associated);

// RFC 6238 TOTP, SHA-1, 6 digits, 30 s. Returns the step that matched within +-1, for use-once bookkeeping.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, std::int64_t now_ms);
std::string base32(std::string_view);

}  // namespace rantau::crypto
