// Known answers of the standards, and what must fail closed.
#include "base/crypto.h"

#include <rapidcheck.h>

namespace rantau::crypto {

struct Start : testing::Environment {
  void SetUp() override { init(); }
};
const auto* const started = testing::AddGlobalTestEnvironment(new Start);

TEST(Crypto, GivesTheKnownAnswers) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // RFC 4231, case 2
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");                                      // RFC 4648, without padding
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
}

TEST(Totp, MatchesTheTableOfRfc6238) {
  const std::string secret = "12345678901234567890";
  EXPECT_EQ(totp_step(secret, "287082", 59'000), 1);
  EXPECT_EQ(totp_step(secret, "081804", 1'111'111'109'000), 37037036);
  EXPECT_EQ(totp_step(secret, "005 924", 1'234'567'890'000), 41152263);
  EXPECT_EQ(totp_step(secret, "279037", 2'000'000'000'000), 66666666);
  EXPECT_EQ(totp_step(secret, "353130", 20'000'000'000'000), 666666666);
}

TEST(Totp, AllowsOneStepToEitherSideAndNoMore) {
  const std::string secret = "12345678901234567890";
  for (std::int64_t s : {30, 89}) EXPECT_EQ(totp_step(secret, "287082", s * 1000), 1) << s;
  EXPECT_EQ(totp_step(secret, "287082", 0), 1);
  EXPECT_FALSE(totp_step(secret, "287082", 90'000));
  for (auto bad : {"", "28708", "2870821", "abcdef"}) EXPECT_FALSE(totp_step(secret, bad, 59'000)) << bad;
}

TEST(Encodings, ReadBack) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    RC_ASSERT(unhex(hex(bytes)) == bytes);
    RC_ASSERT(unbase64url(base64url(bytes)) == bytes);
  }));
  EXPECT_FALSE(unhex("0"));
  EXPECT_FALSE(unhex("zz"));
  EXPECT_FALSE(unbase64url("a+b/"));
  EXPECT_FALSE(unbase64url("a"));
}

TEST(Seal, OpensOnlyWithItsKeyInItsPlaceAndUnchanged) {
  const std::string key = random_bytes(32), other = random_bytes(32);
  const std::string sealed = seal(key, "3174000000000000", "users|totp|5|1");
  EXPECT_EQ(open(key, sealed, "users|totp|5|1"), "3174000000000000");
  EXPECT_FALSE(open(other, sealed, "users|totp|5|1"));
  EXPECT_FALSE(open(key, sealed, "users|totp|6|1"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open(key, changed, "users|totp|5|1"));
  }
  EXPECT_FALSE(open(key, "", ""));
  EXPECT_NE(seal(key, "x", ""), seal(key, "x", ""));
}

TEST(Sign, HoldsForTheMessageAndTheKeyOnly) {
  const auto key = new_signing_key();
  const std::string s = sign(key, "checkpoint 17");
  EXPECT_TRUE(verify(key.public_key, "checkpoint 17", s));
  EXPECT_FALSE(verify(key.public_key, "checkpoint 18", s));
  EXPECT_FALSE(verify(new_signing_key().public_key, "checkpoint 17", s));
  EXPECT_FALSE(verify("", "checkpoint 17", s));
}

TEST(Password, IsKeptAsArgon2idAndCheckedWhole) {
  const std::string phc = hash_password("kereta malam ke Surabaya");
  EXPECT_TRUE(phc.starts_with("$argon2id$"));
  EXPECT_TRUE(check_password(phc, "kereta malam ke Surabaya"));
  EXPECT_FALSE(check_password(phc, "kereta malam ke surabaya"));
  EXPECT_FALSE(check_password("", "x"));
  EXPECT_FALSE(check_password(dummy_password_hash(), ""));
}

TEST(Equal, ComparesContentAndLength) {
  EXPECT_TRUE(equal("abc", "abc"));
  EXPECT_FALSE(equal("abc", "abd"));
  EXPECT_FALSE(equal("abc", "ab"));
}

}  // namespace rantau::crypto
