// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files say, who may read them, and what damage does.
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "identities.hpp"

using namespace identity::test;
namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

void put(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
    fs::permissions(path, fs::perms(0600));
}

unsigned mode_of(const fs::path& path) {
    return static_cast<unsigned>(fs::status(path).permissions());
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

// No file of this process may grow: a full disk.
class FullDisk {
  public:
    FullDisk() {
        before_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &limit_);
        const rlimit none{0, limit_.rlim_max};
        REQUIRE(setrlimit(RLIMIT_FSIZE, &none) == 0);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &limit_);
        std::signal(SIGXFSZ, before_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit limit_{};
    void (*before_)(int) = SIG_DFL;
};

}  // namespace

TEST_CASE("every file is for its owner only, whatever the process allows others") {
    Home home;
    const mode_t before = ::umask(0);
    const auto store = home.open();
    const std::string plain = *store->create("Plain", "");
    const std::string sealed = *store->create("Sealed", "secret");
    REQUIRE(store->use(sealed));
    REQUIRE(store->set_passphrase(plain, "", "x"));
    ::umask(before);
    CHECK(mode_of(home.file(plain)) == 0600);
    CHECK(mode_of(home.file(sealed)) == 0600);
    CHECK(mode_of(home.folder / "active") == 0600);
    for (const auto& entry : fs::directory_iterator(home.folder.path()))
        CHECK(mode_of(entry.path()) == 0600);
}

TEST_CASE("a sealed file does not hold the secret, a plain one does and says so") {
    Home home;
    const auto store = home.open();
    const std::string id = *store->create("Mira", "");
    const std::string token = *store->export_secret(id);
    CHECK_THAT(content(home.file(id)), ContainsSubstring("\"secret\": \"" + token + "\""));
    REQUIRE(store->set_passphrase(id, "", "secret"));
    const Json file = Json::parse(content(home.file(id)));
    CHECK(file["v"] == 1);
    CHECK(file["name"] == "Mira");
    CHECK(file["public"] == id);
    CHECK(file["created_at"] == "2025-11-21T21:58:25.123Z");
    CHECK(file["kdf"]["name"] == "argon2id");
    CHECK(file["kdf"]["salt"].get<std::string>().size() == 32);
    CHECK(file["nonce"].get<std::string>().size() == 48);
    CHECK(file["box"].get<std::string>().size() == 96);
    CHECK_FALSE(file.contains("secret"));
    CHECK(content(home.file(id)).find(token.substr(9, 20)) == std::string::npos);
}

TEST_CASE("a file that others can read is mended with a warning") {
    Home home;
    const std::string id = *home.open()->create("Mira", "");
    fs::permissions(home.file(id), fs::perms(0644));
    const auto store = home.open();
    CHECK(mode_of(home.file(id)) == 0600);
    REQUIRE(home.warnings.size() == 1);
    CHECK_THAT(home.warnings[0], ContainsSubstring("SZ-IDENTITY-015"));
    CHECK(list(*store).size() == 1);
    sz::plugin::testing::FindingList findings;
    sz::plugin::Findings reporter(findings.table());
    CHECK(store->list(reporter));
    REQUIRE(findings.items.size() == 1);
    CHECK(findings.items[0].severity == SZ_SEVERITY_WARNING);
    CHECK(findings.items[0].file == home.file(id).string());
}

TEST_CASE("a changed file is found out and the others still work") {
    Home home;
    std::string other;
    std::string id;
    {
        const auto store = home.open();
        id = *store->create("Mira", "secret");
        other = *store->create("Other", "");
    }
    const std::string good = content(home.file(id));
    // What is sealed covers what is not: none of these opens.
    put(home.file(id), changed(good, "\"Mira\"", "\"Mora\""));
    CHECK(code(home.open()->unlock(id, "secret")) == "SZ-IDENTITY-010");
    put(home.file(id), changed(good, "\"opslimit\": 1", "\"opslimit\": 2"));
    CHECK(code(home.open()->unlock(id, "secret")) == "SZ-IDENTITY-010");
    put(home.file(id), good);
    CHECK(home.open()->unlock(id, "secret"));
    home.warnings.clear();
    for (const std::string& bad :
         {std::string(), std::string("{"), good.substr(0, good.size() / 2),
          changed(good, "\"v\": 1", "\"v\": 2"), changed(good, "argon2id", "md5"),
          changed(good, "\"opslimit\": 1", "\"opslimit\": 4000000000"),
          changed(good, "\"memlimit\": 8192", "\"memlimit\": 99999999999999"),
          changed(good, "\"nonce\": \"", "\"nonce\": \"0"), changed(good, "szid1", "szid1q"),
          std::string("[1]"), std::string(100, '['), std::string(70'000, ' ')}) {
        put(home.file(id), bad);
        CAPTURE(bad.substr(0, 60));
        home.warnings.clear();
        const auto store = home.open();
        CHECK(list(*store).size() == 1);
        CHECK(store->sign(other, "x"));
        CHECK(home.warnings.size() == 2);  // the file, and that none is active
        CHECK(content(home.file(id)) == bad);
    }
}

TEST_CASE("a secret that does not belong to its Client ID is damage") {
    Home home;
    std::string one, two;
    {
        const auto store = home.open();
        one = *store->create("One", "");
        two = *store->create("Two", "");
    }
    const Json other = Json::parse(content(home.file(two)));
    Json file = Json::parse(content(home.file(one)));
    file["secret"] = other["secret"];
    put(home.file(one), file.dump());
    CHECK(list(*home.open()).size() == 1);
    put(home.file(one), other.dump());  // a whole file under the name of another
    CHECK(list(*home.open()).size() == 1);
}

TEST_CASE("a damaged identity is imported again and the damaged file is kept") {
    Home home;
    const auto store = home.open();
    const std::string id = *store->create("Mira", "");
    const std::string token = *store->export_secret(id);
    put(home.file(id), "damaged");
    CHECK(*home.open()->import_secret(token, "Mira", "") == id);
    CHECK(content(home.folder / (id + ".json.damaged-1")) == "damaged");
    CHECK(list(*home.open()).size() == 1);
}

TEST_CASE("no other identity becomes active in place of a damaged one until a person says so") {
    Home home;
    std::string id, other, token;
    {
        const auto store = home.open();
        id = *store->create("Mira", "");
        token = *store->export_secret(id);
        other = *store->create("Other", "");
    }
    put(home.file(id), "damaged");
    CHECK(list(*home.open())[0]["active"] == false);
    CHECK_THAT(home.warnings.back(), ContainsSubstring("SZ-IDENTITY-017"));
    CHECK(content(home.folder / "active") == id + "\n");
    REQUIRE(home.open()->import_secret(token, "Mira", ""));
    const Json restored = list(*home.open());
    CHECK(restored[1]["client_id"] == id);
    CHECK(restored[1]["active"] == true);
    put(home.file(id), "damaged again");
    REQUIRE(home.open()->use(other));
    CHECK(list(*home.open())[0]["active"] == true);
}

TEST_CASE("without a word about which is active, a damaged file leaves none active") {
    Home home;
    std::string id;
    {
        const auto store = home.open();
        id = *store->create("Mira", "");
        REQUIRE(store->create("Other", ""));
    }
    fs::remove(home.folder / "active");
    CHECK(list(*home.open())[0]["active"] == true);
    CHECK(home.warnings.empty());
    put(home.file(id), "damaged");
    CHECK(list(*home.open())[0]["active"] == false);
    CHECK_THAT(home.warnings.back(), ContainsSubstring("SZ-IDENTITY-017"));
}

TEST_CASE("when only the word about which is active is damaged, the oldest is active and told") {
    Home home;
    const std::string id = *home.open()->create("Mira", "");
    put(home.folder / "active", "");
    CHECK(list(*home.open())[0]["active"] == true);
    REQUIRE(home.warnings.size() == 1);
    CHECK_THAT(home.warnings[0], ContainsSubstring("SZ-IDENTITY-016"));
    CHECK(content(home.folder / "active").empty());
}

TEST_CASE("a link, a folder and a pipe in the place of a file are not followed") {
    Home home;
    const auto made = *home.open()->create("Mira", "");
    fs::rename(home.file(made), home.folder / "elsewhere");
    fs::create_symlink(home.folder / "elsewhere", home.file(made));
    CHECK(list(*home.open()).empty());
    fs::remove(home.file(made));
    fs::create_directory(home.file(made));
    CHECK(list(*home.open()).empty());
    fs::remove(home.file(made));
    REQUIRE(::mkfifo(home.file(made).c_str(), 0600) == 0);
    CHECK(list(*home.open()).empty());
}

TEST_CASE("what a crash left half-written is passed over, and the old content counts") {
    Home home;
    const std::string id = *home.open()->create("Mira", "one");
    const std::string before = content(home.file(id));
    put(home.folder / ("." + id + ".json.new"), before.substr(0, 40));
    const auto store = home.open();
    CHECK(home.warnings.empty());
    CHECK(store->unlock(id, "one"));
    CHECK(store->set_passphrase(id, "one", "two"));
    CHECK_FALSE(fs::exists(home.folder / ("." + id + ".json.new")));
}

TEST_CASE("a full disk loses nothing") {
    Home home;
    const auto store = home.open();
    const std::string id = *store->create("Mira", "one");
    const std::string before = content(home.file(id));
    {
        const FullDisk full;
        CHECK(code(store->set_passphrase(id, "one", "two")) == "SZ-IDENTITY-006");
        CHECK(store->create("Second", "").error().status == SZ_ERR_ENVIRONMENT);
    }
    CHECK(content(home.file(id)) == before);
    CHECK(store->unlock(id, "one"));
    CHECK(list(*store).size() == 1);
    CHECK(list(*home.open()).size() == 1);
}

TEST_CASE("a folder that is not there is an error that names it") {
    identity::LocalStore::Options options;
    options.now_ms = [] { return std::int64_t{0}; };
    Home home;
    const auto store = identity::LocalStore::create((home.folder / "missing").string(), options);
    REQUIRE(!store);
    CHECK(store.error().code == "SZ-IDENTITY-006");
    CHECK(store.error().file == (home.folder / "missing").string());
}
