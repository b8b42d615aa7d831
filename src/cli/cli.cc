// Reads the words of the command line, finds the command, loads the settings, and runs it.
#include "cli/cli.h"

#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <exception>

#include "base/crypto.h"
#include "cli/command.h"
#include "db/db.h"
#include "web/page.h"

namespace rantau::cli {

namespace {

const std::string nothing;

bool indonesian() {
  for (const char* name : {"RANTAU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) return std::string_view(value).starts_with("id");
  }
  return true;
}

const Option config_file{"config", "FILE", "berkas pengaturan", "settings file"};

// The longest command whose words these begin with.
const Command* find(const std::vector<std::string>& words, std::size_t& used) {
  const Command* best = nullptr;
  for (const Command& c : commands()) {
    std::string typed;
    std::size_t n = 0;
    for (const auto& w : words) {
      typed += (n ? " " : "") + w;
      ++n;
      if (typed == c.name && (!best || n > used)) {
        best = &c;
        used = n;
      }
    }
  }
  return best;
}

const Option* option_of(const Command& c, std::string_view name) {
  if (name == config_file.name) return &config_file;
  for (const Option& o : c.options)
    if (o.name == name) return &o;
  return nullptr;
}

// Fills `out` from the words behind the command; says what is wrong and returns false otherwise.
bool read_words(const Command& c, const std::vector<std::string>& words, std::size_t from, Words& out) {
  for (std::size_t i = from; i < words.size(); ++i) {
    const std::string& w = words[i];
    if (!w.starts_with("--") || w.size() == 2) {
      out.plain.push_back(w);
      continue;
    }
    auto equals = w.find('=');
    std::string name = w.substr(2, equals == std::string::npos ? equals : equals - 2);
    const Option* o = option_of(c, name);
    if (!o) {
      complain("Pilihan --" + name + " tidak dikenal. Lihat: rantau help " + std::string(c.name),
               "Unknown option --" + name + ". See: rantau help " + std::string(c.name));
      return false;
    }
    std::string value = "1";
    if (equals != std::string::npos) {
      value = w.substr(equals + 1);
    } else if (!o->value.empty()) {
      if (i + 1 == words.size()) {
        complain("Pilihan --" + name + " perlu nilai: " + std::string(o->value),
                 "Option --" + name + " needs a value: " + std::string(o->value));
        return false;
      }
      value = words[++i];
    }
    out.options.emplace_back(name, value);
  }
  if (out.plain.size() >= c.least && out.plain.size() <= c.most) return true;
  complain("Cara pakai: " + std::string(c.usage), "Usage: " + std::string(c.usage));
  return false;
}

// "base.config_unknown_key" and its words as a sentence for the operator.
std::string sentence(const Refusal& refusal) {
  const auto& texts = web::Texts::in(indonesian() ? "id" : "en");
  std::string said = texts.say(refusal.key, refusal.words);
  for (const auto& r : refusal.reasons) said += "\n  " + texts.say(r.key, r.words);
  return said;
}

}  // namespace

const std::string& Words::option(std::string_view name) const {
  for (const auto& [key, value] : options)
    if (key == name) return value;
  return nothing;
}

bool Words::has(std::string_view name) const {
  for (const auto& o : options)
    if (o.first == name) return true;
  return false;
}

std::string_view in_words(std::string_view id, std::string_view en) { return indonesian() ? id : en; }

int complain(std::string_view id, std::string_view en, int code) {
  auto said = in_words(id, en);
  std::fprintf(stderr, "rantau: %.*s\n", static_cast<int>(said.size()), said.data());
  return code;
}

int run(const std::vector<std::string>& given) {
  std::vector<std::string> words = given;
  if (words.empty() || words[0] == "--help" || words[0] == "-h") words = {"help"};
  if (words[0] == "--version") words = {"version"};
  std::size_t used = 0;
  const Command* command = find(words, used);
  if (!command)
    return complain("Perintah tidak dikenal: " + words[0] + ". Lihat: rantau help",
                    "Unknown command: " + words[0] + ". See: rantau help");
  for (std::size_t i = used; i < words.size(); ++i)
    if (words[i] == "--help" || words[i] == "-h") return help({.plain = {std::string(command->name)}, .options = {}}, {});
  Words read;
  if (!read_words(*command, words, used, read)) return 2;
  ::umask(0077);  // the office's files are nobody else's: folders 0700, files 0600
  try {
    crypto::init();
    std::vector<std::pair<std::string, std::string>> settings;
    for (const Option& o : command->options)
      if (o.is_setting && read.has(o.name)) settings.emplace_back(o.name, read.option(o.name));
    auto config = Config::load(read.option("config"), settings);
    if (!config) return complain(sentence(config.refusal()), sentence(config.refusal()));
    return command->act(read, *config);
  } catch (const db::ReadOnly& e) {
    return complain(std::string("Penyimpanan tidak dapat ditulis: ") + e.what(),
                    std::string("The store cannot be written: ") + e.what(), 1);
  } catch (const std::exception& e) { return complain(std::string("Gagal: ") + e.what(), std::string("Failed: ") + e.what(), 1); }
}

}  // namespace rantau::cli
