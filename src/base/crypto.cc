// libsodium behind a few plain verbs, and HMAC-SHA-1 for TOTP, which libsodium does not carry.
#include "base/crypto.h"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace rantau::crypto {

namespace {

const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
unsigned char* raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

// FIPS 180-4. Authenticator apps know only SHA-1 reliably; inside HMAC its collisions do not matter.
std::string sha1(std::string_view message) {
  std::array<std::uint32_t, 5> h{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  std::string padded(message);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  const std::uint64_t bits = static_cast<std::uint64_t>(message.size()) * 8;
  for (int shift = 56; shift >= 0; shift -= 8) padded += static_cast<char>(bits >> shift & 0xFF);
  for (std::size_t block = 0; block < padded.size(); block += 64) {
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 64; ++i) w[i / 4] = w[i / 4] << 8 | static_cast<unsigned char>(padded[block + i]);
    for (std::size_t i = 16; i < 80; ++i) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    auto [a, b, c, d, e] = h;
    for (std::size_t i = 0; i < 80; ++i) {
      const std::uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 ? b ^ c ^ d : i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const std::uint32_t k = i < 20 ? 0x5A827999 : i < 40 ? 0x6ED9EBA1 : i < 60 ? 0x8F1BBCDC : 0xCA62C1D6;
      const std::uint32_t t = std::rotl(a, 5) + f + e + k + w[i];
      e = d;
      d = c;
      c = std::rotl(b, 30);
      b = a;
      a = t;
    }
    h = {h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e};
  }
  std::string out;
  for (std::uint32_t x : h)
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(x >> shift & 0xFF);
  return out;
}

std::string hmac_sha1(std::string_view key, std::string_view message) {
  std::string k(key.size() > 64 ? sha1(key) : std::string(key));
  k.resize(64, '\0');
  std::string inner = k, outer = k;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5C);
  return sha1(outer + sha1(inner + std::string(message)));
}

// RFC 4226: six digits of one counter.
std::string hotp(std::string_view secret, std::int64_t counter) {
  std::string message;
  for (int shift = 56; shift >= 0; shift -= 8) message += static_cast<char>(counter >> shift & 0xFF);
  const std::string mac = hmac_sha1(secret, message);
  const std::size_t at = static_cast<unsigned char>(mac[19]) & 0xF;
  std::uint32_t n = 0;
  for (std::size_t i = 0; i < 4; ++i) n = n << 8 | static_cast<unsigned char>(mac[at + i]);
  std::string digits = std::to_string((n & 0x7FFFFFFF) % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

void init() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
}

std::string random_bytes(std::size_t n) {
  std::string out(n, '\0');
  randombytes_buf(out.data(), n);
  return out;
}

std::string sha256(std::string_view s) {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(raw(out), raw(s), s.size());
  return out;
}

struct Sha256::State {
  crypto_hash_sha256_state inner;
};
Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->inner); }
Sha256::~Sha256() = default;
void Sha256::add(std::string_view s) { crypto_hash_sha256_update(&state_->inner, raw(s), s.size()); }
std::string Sha256::digest() {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state_->inner, raw(out));
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::optional<std::string> unhex(std::string_view s) {
  if (s.size() % 2 != 0) return std::nullopt;
  std::string out(s.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(raw(out), out.size(), s.data(), s.size(), nullptr, &length, &end) != 0 || end != s.data() + s.size())
    return std::nullopt;
  return out;
}

std::string base64url(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), variant);
  out.pop_back();  // the terminating zero
  return out;
}

std::optional<std::string> unbase64url(std::string_view s) {
  std::string out(s.size() * 3 / 4 + 3, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(raw(out), out.size(), s.data(), s.size(), nullptr, &length, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != s.data() + s.size())
    return std::nullopt;
  out.resize(length);
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(message), message.size());
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, raw(out));
  return out;
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw std::runtime_error("no memory for a password hash");
  return out.data();
}

bool check_password(std::string_view phc, std::string_view password) {
  const std::string text(phc);  // libsodium wants a terminated string
  return text.size() < crypto_pwhash_STRBYTES && crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

std::string dummy_password_hash() {
  static const std::string hash = hash_password(random_bytes(24));
  return hash;
}

SigningKey new_signing_key() {
  SigningKey key{std::string(crypto_sign_PUBLICKEYBYTES, '\0'), std::string(crypto_sign_SECRETKEYBYTES, '\0')};
  crypto_sign_keypair(raw(key.public_key), raw(key.secret_key));
  return key;
}

std::string sign(const SigningKey& key, std::string_view message) {
  if (key.secret_key.size() != crypto_sign_SECRETKEYBYTES) throw std::logic_error("a signing key has 64 bytes");
  std::string out(crypto_sign_BYTES, '\0');
  crypto_sign_detached(raw(out), nullptr, raw(message), message.size(), raw(key.secret_key));
  return out;
}

bool verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  return public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(public_key)) == 0;
}

std::string seal(std::string_view key32, std::string_view plain, std::string_view associated) {
  if (key32.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES) throw std::logic_error("a sealing key has 32 bytes");
  std::string out = random_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  const std::string nonce = out;
  out.resize(nonce.size() + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + nonce.size(), nullptr, raw(plain), plain.size(), raw(associated),
                                             associated.size(), nullptr, raw(nonce), raw(key32));
  return out;
}

std::optional<std::string> open(std::string_view key32, std::string_view sealed, std::string_view associated) {
  constexpr std::size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (key32.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES || sealed.size() < nonce + tag) return std::nullopt;
  std::string out(sealed.size() - nonce - tag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out), nullptr, nullptr, raw(sealed) + nonce, sealed.size() - nonce,
                                                 raw(associated), associated.size(), raw(sealed), raw(key32)) != 0)
    return std::nullopt;
  return out;
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, std::int64_t now_ms) {
  std::string digits;
  for (char c : code)
    if (c != ' ') digits += c;
  if (digits.size() != 6) return std::nullopt;
  const std::int64_t now = now_ms / 30'000;
  std::optional<std::int64_t> found;
  for (std::int64_t step = std::max<std::int64_t>(now - 1, 0); step <= now + 1; ++step)
    if (equal(hotp(secret, step), digits)) found = step;
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (char c : bytes) {
    held = (held << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
    for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31];
  }
  if (bits) out += letters[held << (5 - bits) & 31];
  return out;
}

}  // namespace rantau::crypto
