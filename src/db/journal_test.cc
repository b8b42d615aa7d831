// The journal: what was sealed is proved, and every tampering names the first entry that is wrong.
#include "db/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/stat.h>

#include <fstream>
#include <map>
#include <thread>

#include "db/engine.h"
#include "db/sealing.h"
#include "db/testing.h"

namespace rantau {
namespace {

std::string public_key(const test::TestDb& db) {
  std::ifstream in(db.folder() + "/keys/journal.pub");
  std::string hex;
  in >> hex;
  return crypto::unhex(hex).value();
}

// `intervals` checkpoints of `each` entries.
test::TestDb sealed(int intervals, int each) {
  auto db = test::db().as("siti", {});
  for (int i = 0; i < intervals; ++i) {
    db.write([&](Act& act) {
      for (int k = 0; k < each; ++k) act.record("test.done", "n=" + std::to_string(i * each + k));
      return 0;
    });
    db.store().seal_now();
  }
  return db;
}

// Somebody with every right on the database, and without the key.
template <class... A>
void tamper(test::TestDb& db, db::Sql sql, const A&... a) {
  db.write([&](Act& act) {
    act.db(sql, a...);
    return 0;
  });
}

db::Verdict verdict(test::TestDb& db) {
  return db.read([&](Act& act) { return db::verify_journal(act.db, public_key(db)); });
}

TEST(Merkle, RootsAreThoseOfRfc6962) {
  // The test vectors of the certificate-transparency reference tree.
  const std::vector<std::string> inputs{"",
                                        std::string(1, '\0'),
                                        "\x10",
                                        "\x20\x21",
                                        "\x30\x31",
                                        "\x40\x41\x42\x43",
                                        "\x50\x51\x52\x53\x54\x55\x56\x57",
                                        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  const std::vector<std::string> roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                       "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                       "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                       "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                       "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                       "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                       "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  std::vector<std::string> leaves;
  EXPECT_EQ(crypto::hex(db::merkle_root(leaves)), roots[0]);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    leaves.push_back(db::leaf_hash(inputs[i]));
    EXPECT_EQ(crypto::hex(db::merkle_root(leaves)), roots[i + 1]) << i + 1 << " leaves";
  }
}

TEST(Commitment, DependsOnEveryField) {
  const db::Entry e{
      .id = 1, .at = {2}, .user = {3}, .org = {4}, .role = "ab", .event = "c", .subject = 5, .detail = "d", .salt = "00ff"};
  std::vector<db::Entry> others(10, e);
  others[0].id = 9;
  others[1].at = {9};
  others[2].user = {9};
  others[3].org = {9};
  others[4].role = "a";
  others[5].event = "x";
  others[6].subject = 9;
  others[7].detail = "";
  others[8].salt = "00fe";
  others[9].role = "a", others[9].event = "bc";  // the same letters, otherwise divided
  for (const auto& other : others) EXPECT_NE(db::commitment(other), db::commitment(e));
}

TEST(Journal, IntactWhenNobodyTouchedIt) {
  auto db = sealed(3, 4);
  db.write([](Act& act) {
    act.record("test.new");
    return 0;
  });
  const auto v = verdict(db);
  EXPECT_TRUE(v.intact) << v.what;
  EXPECT_EQ(v.entries, 12);
  EXPECT_EQ(v.checkpoints, 3);
  EXPECT_EQ(v.unsealed, 1);
  EXPECT_EQ(v.first_bad, -1);
}

TEST(Journal, MoreThanOneCheckpointFull) {
  auto db = sealed(1, 2100);
  const auto v = verdict(db);
  EXPECT_TRUE(v.intact) << v.what;
  EXPECT_EQ(v.entries, 2100);
  EXPECT_EQ(v.checkpoints, 3);
}

TEST(Journal, KeyIsSecret) {
  auto db = sealed(1, 1);
  struct stat s {};
  ASSERT_EQ(::stat((db.folder() + "/keys/journal.key").c_str(), &s), 0);
  EXPECT_EQ(s.st_mode & 0777, 0600U);
}

TEST(Journal, AnotherKeyProvesNothing) {
  auto db = sealed(1, 3);
  const auto v = db.read([&](Act& act) { return db::verify_journal(act.db, crypto::new_signing_key().public_key); });
  EXPECT_FALSE(v.intact);
  EXPECT_EQ(v.first_bad, 0);
}

TEST(Tampering, EditIsNamed) {
  auto db = sealed(3, 4);
  tamper(db, "UPDATE db_journal SET detail = 'n=other' WHERE seq = 6");
  const auto v = verdict(db);
  EXPECT_FALSE(v.intact);
  EXPECT_EQ(v.first_bad, 6);
  EXPECT_EQ(v.what, "entry 6: its content is not what was sealed");
}

TEST(Tampering, EditWithItsLeafMadeToFitIsNamed) {
  auto db = sealed(3, 4);
  db.write([](Act& act) {
    act.db("UPDATE db_journal SET detail = 'n=other' WHERE seq = 6");
    const auto row =
        act.db("SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal WHERE seq = 6").one();
    act.db("UPDATE db_journal SET leaf = $1 WHERE seq = 6", crypto::hex(db::leaf_hash(db::commitment(db::read_entry(*row)))));
    return 0;
  });
  EXPECT_EQ(verdict(db).first_bad, 6);
}

TEST(Tampering, DeletionIsNamed) {
  auto db = sealed(3, 4);
  tamper(db, "DELETE FROM db_journal WHERE seq = 5");
  const auto v = verdict(db);
  EXPECT_EQ(v.first_bad, 5);
  EXPECT_EQ(v.what, "entry 5 is missing");
}

TEST(Tampering, DeletionWithThoseBehindMovedUpIsNamed) {
  auto db = sealed(3, 4);
  tamper(db, "DELETE FROM db_journal WHERE seq = 5");
  for (int seq = 6; seq < 12; ++seq) tamper(db, "UPDATE db_journal SET seq = $1 WHERE seq = $2", seq - 1, seq);
  EXPECT_EQ(verdict(db).first_bad, 5);
}

TEST(Tampering, ReorderingIsNamed) {
  auto db = sealed(3, 4);
  tamper(db, "UPDATE db_journal SET seq = 1000 WHERE seq = 2");
  tamper(db, "UPDATE db_journal SET seq = 2 WHERE seq = 9");
  tamper(db, "UPDATE db_journal SET seq = 9 WHERE seq = 1000");
  EXPECT_EQ(verdict(db).first_bad, 2);
}

TEST(Tampering, InsertionIsNamed) {
  auto db = sealed(3, 4);
  for (int seq = 11; seq >= 7; --seq) tamper(db, "UPDATE db_journal SET seq = $1 WHERE seq = $2", seq + 1, seq);
  tamper(db,
         "INSERT INTO db_journal (id, at, actor, org, role, event, subject, detail, salt, seq) "
         "VALUES (77, 0, 0, 0, '', 'test.invented', 0, '', '00', 7)");
  EXPECT_EQ(verdict(db).first_bad, 7);
}

TEST(Tampering, AnEntryBehindTheLastIsNamed) {
  auto db = sealed(3, 4);
  tamper(db,
         "INSERT INTO db_journal (id, at, actor, org, role, event, subject, detail, salt, seq) "
         "VALUES (77, 0, 0, 0, '', 'test.invented', 0, '', '00', 12)");
  EXPECT_EQ(verdict(db).first_bad, 12);
}

TEST(Tampering, CutTailIsNamedByTheCheckpoint) {
  auto db = sealed(3, 4);
  tamper(db, "DELETE FROM db_journal WHERE seq >= 10");
  EXPECT_EQ(verdict(db).first_bad, 10);
}

TEST(Tampering, MissingCheckpointIsNamed) {
  auto db = sealed(3, 4);
  tamper(db, "DELETE FROM db_checkpoint WHERE size = 8");
  const auto v = verdict(db);
  EXPECT_EQ(v.first_bad, 4);
  EXPECT_EQ(v.what, "the checkpoint that sealed entry 4 is missing");
}

TEST(Tampering, EveryPartOfACheckpointIsSigned) {
  const std::vector<db::Sql> edits{
      "UPDATE db_checkpoint SET at = at + 1 WHERE size = 8",
      "UPDATE db_checkpoint SET root = (SELECT root FROM db_checkpoint WHERE size = 4) WHERE size = 8",
      "UPDATE db_checkpoint SET frontier = root WHERE size = 8 AND frontier <> root",
      "UPDATE db_checkpoint SET signature = (SELECT signature FROM db_checkpoint WHERE size = 4) WHERE size = 8",
      "UPDATE db_checkpoint SET leaves = substr(leaves, 65) WHERE size = 8",
      "UPDATE db_checkpoint SET size = 9 WHERE size = 8"};
  for (const auto& edit : edits) {
    auto db = sealed(3, 3 + 1);
    tamper(db, edit);
    if (edit.text.find("frontier <>") != std::string_view::npos && verdict(db).intact) continue;  // one subtree: the root itself
    EXPECT_EQ(verdict(db).first_bad, 4) << edit.text;
  }
}

db::Verdict tail(test::TestDb& db) {
  return db.read([&](Act& act) { return db::verify_journal_tail(act.db, public_key(db)); });
}

TEST(Tampering, CutTailWithItsCheckpointIsNamedByTheCounters) {
  auto db = sealed(3, 4);
  EXPECT_TRUE(tail(db).intact) << tail(db).what;
  tamper(db, "DELETE FROM db_checkpoint WHERE size = 12");
  tamper(db, "DELETE FROM db_journal WHERE seq >= 8");
  for (const auto& v : {verdict(db), tail(db)}) {
    EXPECT_FALSE(v.intact);
    EXPECT_EQ(v.first_bad, 8);
    EXPECT_EQ(v.what, "12 entries were sealed, and its last checkpoint holds 8: the end was cut off");
  }
}

TEST(Tampering, AnEmptyJournalIsNotIntact) {
  auto db = sealed(3, 4);
  tamper(db, "DELETE FROM db_checkpoint");
  tamper(db, "DELETE FROM db_journal");
  EXPECT_FALSE(verdict(db).intact);
  EXPECT_FALSE(tail(db).intact);
  tamper(db, "DELETE FROM db_lane");
  EXPECT_EQ(verdict(db).what, "the counters beside it are gone");
  EXPECT_EQ(tail(db).what, "the counters beside it are gone");
}

TEST(Tampering, WhatWaitsToBeSealedIsBoundToo) {
  const std::vector<db::Sql> edits{"UPDATE db_journal SET detail = 'n=other' WHERE seq IS NULL",
                                   "DELETE FROM db_journal WHERE seq IS NULL",
                                   "INSERT INTO db_journal (id, at, actor, org, role, event, subject, detail, salt) VALUES (77, 0, "
                                   "0, 0, '', 'x.y', 0, '', '00')",
                                   "UPDATE db_lane SET entries = entries - 1 WHERE lane >= 0",
                                   "UPDATE db_lane SET sum = (SELECT sum FROM db_lane WHERE lane = -1) WHERE lane >= 0",
                                   "DELETE FROM db_lane WHERE lane = -1",
                                   "DELETE FROM db_lane WHERE lane >= 0"};
  for (const auto& edit : edits) {
    auto db = sealed(2, 4);
    db.write([](Act& act) {
      act.record("test.new");
      return 0;
    });
    ASSERT_TRUE(verdict(db).intact) << verdict(db).what;
    tamper(db, edit);
    EXPECT_FALSE(verdict(db).intact) << edit.text;
    EXPECT_FALSE(tail(db).intact) << edit.text;
  }
}

TEST(Tampering, AnEntryChangedWithItsLeafBeforeSealingIsFoundAfterIt) {
  auto db = sealed(1, 4);
  db.write([](Act& act) {
    act.record("test.waits");
    return 0;
  });
  db.write([](Act& act) {
    act.db("UPDATE db_journal SET detail = 'n=other' WHERE seq IS NULL");
    const auto row =
        act.db("SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal WHERE seq IS NULL").one();
    act.db("UPDATE db_journal SET leaf = $1 WHERE seq IS NULL", crypto::hex(db::leaf_hash(db::commitment(db::read_entry(*row)))));
    return 0;
  });
  db.store().seal_now();
  EXPECT_FALSE(verdict(db).intact);
}

// As an older Rantau left them: the leaf came with the sealing.
TEST(Journal, EntriesWrittenWithoutALeafGetItWhenTheyAreSealed) {
  auto db = sealed(1, 4);
  db.write([](Act& act) {
    act.record("test.older");
    return 0;
  });
  tamper(db, "UPDATE db_journal SET leaf = '' WHERE seq IS NULL");
  db.store().seal_now();
  const auto v = verdict(db);
  EXPECT_TRUE(v.intact) << v.what;
  EXPECT_EQ(v.entries, 5);
}

TEST(Tampering, DoesNotHealWhenTheOfficeGoesOnWriting) {
  auto db = sealed(2, 4);
  tamper(db, "DELETE FROM db_checkpoint WHERE size = 8");
  tamper(db, "DELETE FROM db_journal WHERE seq >= 4");
  tamper(db, "DELETE FROM db_lane");
  for (int i = 0; i < 8; ++i)
    db.write([](Act& act) {
      act.record("test.new");
      return 0;
    });
  db.store().seal_now();
  EXPECT_FALSE(verdict(db).intact);
}

// Undone acts, refusals and acts of one group leave the counters right.
TEST(Journal, CountersFollowWhatWasKept) {
  auto db = sealed(1, 4);
  const auto done = [&](std::optional<Refusal::Kind> refused) {
    return db.write([&](Act& act) -> Result<Done> {
      act.record("test.done");
      if (refused) return Refusal{*refused, "no"};
      return Done{};
    });
  };
  EXPECT_FALSE(done(Refusal::conflict));
  EXPECT_FALSE(done(Refusal::forbidden));  // undone, and its refusal recorded
  EXPECT_THROW(db.write([](Act& act) -> int {
    act.record("test.undone");
    throw std::runtime_error("fault");
  }),
               std::runtime_error);
  std::vector<std::thread> many;
  for (int t = 0; t < 8; ++t)
    many.emplace_back([&] {
      for (int i = 0; i < 20; ++i) EXPECT_EQ(bool(done(i % 5 == 4 ? std::optional(Refusal::conflict) : std::nullopt)), i % 5 != 4);
    });
  for (auto& t : many) t.join();
  const auto v = tail(db);
  EXPECT_TRUE(v.intact) << v.what;
  EXPECT_EQ(v.unsealed, 1 + 8 * 16);
}

TEST(Journal, AStartLooksAtTheEnd) {
  auto db = sealed(1, 1);
  if (!db.store().is_sqlite()) GTEST_SKIP() << "a folder is SQLite's";
  const std::string other = db.folder() + "/second";
  const auto open = [&] { return db::Store::open({.location = other}); };
  {
    auto store = open();
    for (int i = 0; i < 2; ++i) {
      Db(*store, {}).write([](Act& act) {
        act.record("test.done");
        return 0;
      });
      store->seal_now();
    }
  }
  {
    auto store = open();
    EXPECT_TRUE(store->journal_check().intact) << store->journal_check().what;
    EXPECT_GT(store->journal_check().at.ms, 0);
    Db(*store, {}).write([](Act& act) {
      act.db("DELETE FROM db_checkpoint WHERE size = 2");
      act.db("DELETE FROM db_journal WHERE seq = 1");
      return 0;
    });
  }
  EXPECT_FALSE(open()->journal_check().intact);
}

// A whole copy of yesterday put back, counters and all, leaves nothing here that could tell: what the other institution
// noted does.
TEST(Tampering, YesterdayPutBackNeedsTheOtherOnesNote) {
  auto db = sealed(2, 4);
  const auto lanes = test::rows(db, "SELECT lane, entries, sum, at, signature FROM db_lane ORDER BY lane");
  db.write([](Act& act) {
    act.record("test.done");
    return 0;
  });
  db.store().seal_now();
  const auto noted = db.read([](Act& act) {
    const auto row = act.db("SELECT size, root FROM db_checkpoint ORDER BY size DESC LIMIT 1").one();
    return db::Known{row->num(0), row->text(1)};
  });
  const auto against = [&] { return db.read([&](Act& act) { return db::verify_journal(act.db, public_key(db), noted); }); };
  EXPECT_TRUE(against().intact);
  tamper(db, "DELETE FROM db_checkpoint WHERE size = 9");
  tamper(db, "DELETE FROM db_journal WHERE seq >= 8");
  for (const auto& line : lanes) {
    std::vector<std::string> part(1);
    for (const char c : line) {
      if (c == '|')
        part.emplace_back();
      else
        part.back() += c;
    }
    tamper(db, "UPDATE db_lane SET entries = $2, sum = $3, at = $4, signature = $5 WHERE lane = $1",
           std::int64_t{std::stol(part[0])}, std::int64_t{std::stol(part[1])}, part[2], std::int64_t{std::stol(part[3])}, part[4]);
  }
  EXPECT_TRUE(verdict(db).intact) << verdict(db).what;
  EXPECT_FALSE(against().intact);
  EXPECT_EQ(against().first_bad, 8);
}

TEST(Tampering, AnEarlierNoteIsAPrefix) {
  auto db = sealed(3, 4);
  const auto at = [&](std::int64_t size, const std::string& root) {
    return db.read([&](Act& act) { return db::verify_journal(act.db, public_key(db), db::Known{size, root}); });
  };
  const auto root = test::rows(db, "SELECT root FROM db_checkpoint WHERE size = 4").at(0);
  EXPECT_TRUE(at(4, root).intact);
  EXPECT_FALSE(at(8, root).intact);
}

TEST(Journal, VerifiedWithoutARunningServer) {
  auto db = sealed(2, 4);
  if (!db.store().is_sqlite()) GTEST_SKIP() << "a folder is SQLite's";
  const std::string other = db.folder() + "/second";
  {
    auto store = db::Store::open({.location = other});
    Db(*store, {}).write([](Act& act) {
      act.record("test.done");
      return 0;
    });
  }  // closing seals what is left
  std::ifstream in(other + "/keys/journal.pub");
  std::string hex;
  in >> hex;
  const auto last = db::last_checkpoint_at(other);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->size, 1);
  EXPECT_TRUE(db::verify_journal_at(other, *crypto::unhex(hex), last).intact);
  EXPECT_TRUE(db::verify_journal_at(db.folder(), public_key(db), std::nullopt).intact) << "also while one runs";
}

TEST(Journal, PageShowsTheNewestFirst) {
  auto db = sealed(2, 3);
  db.write([](Act& act) {
    act.record("other.new");
    return 0;
  });
  const auto page = [&](std::int64_t before, int count, std::string_view prefix) {
    return db.read([&](Act& act) { return db::journal_page(act.db, before, count, prefix); });
  };
  const auto first = page(0, 3, "");
  ASSERT_EQ(first.entries.size(), 3U);
  EXPECT_EQ(first.entries[0].event, "other.new");
  EXPECT_EQ(first.entries[0].seq, -1);
  EXPECT_EQ(first.entries[1].seq, 5);
  EXPECT_EQ(first.total, 7);
  EXPECT_EQ(first.sealed, 6);
  EXPECT_EQ(page(4, 10, "").entries.size(), 4U);
  EXPECT_EQ(page(0, 10, "other.").entries.size(), 1U);
  EXPECT_EQ(page(0, 10, "test.").total, 6);
}

// Any edit of one or several sealed entries is named at the lowest of them.
TEST(Tampering, AnyEditsNameTheLowest) {
  auto db = sealed(4, 5);
  EXPECT_TRUE(rc::check("the lowest edited entry is named", [&] {
    const auto places = *rc::gen::nonEmpty(rc::gen::container<std::set<int>>(rc::gen::inRange(0, 20)));
    const int how = *rc::gen::inRange(0, 4);
    std::map<int, std::pair<std::int64_t, std::string>> before;
    db.write([&](Act& act) {
      for (const int seq : places) {
        const auto row = act.db("SELECT id, detail FROM db_journal WHERE seq = $1", seq).one();
        before[seq] = {row->num(0), row->text(1)};
        if (how == 0) act.db("UPDATE db_journal SET detail = detail || 'x' WHERE seq = $1", seq);
        if (how == 1) act.db("UPDATE db_journal SET actor = actor + 1 WHERE seq = $1", seq);
        if (how == 2) act.db("UPDATE db_journal SET seq = NULL WHERE seq = $1", seq);
        if (how == 3) act.db("UPDATE db_journal SET at = at - 1 WHERE seq = $1", seq);
      }
      return 0;
    });
    const auto v = verdict(db);
    db.write([&](Act& act) {
      for (const auto& [seq, was] : before) {
        if (how == 0) act.db("UPDATE db_journal SET detail = $1 WHERE seq = $2", was.second, seq);
        if (how == 1) act.db("UPDATE db_journal SET actor = actor - 1 WHERE seq = $1", seq);
        if (how == 2) act.db("UPDATE db_journal SET seq = $1 WHERE id = $2", seq, was.first);
        if (how == 3) act.db("UPDATE db_journal SET at = at + 1 WHERE seq = $1", seq);
      }
      return 0;
    });
    RC_ASSERT(!v.intact);
    RC_ASSERT(v.first_bad == *places.begin());
    RC_ASSERT(verdict(db).intact);
  }));
}

}  // namespace
}  // namespace rantau
