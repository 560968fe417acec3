// SPDX-License-Identifier: AGPL-3.0-or-later
// Import and removal with a fault at every step of disk and database: a pack is there as a whole,
// or not at all.
#include <atomic>

#include "kernel/content/library/installer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/library/faulty_disk.hpp"
#include "tests/unit/library/packs.hpp"

using namespace sz;
using namespace sz::library;
using sz::test::FaultyDisk;
namespace fs = std::filesystem;

namespace {

class QuietTask final : public TaskProgress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {
        if (reports_before_cancel >= 0 && reports++ >= reports_before_cancel) cancelled = true;
    }
    [[nodiscard]] bool is_cancelled() const noexcept override { return cancelled; }
    long reports_before_cancel = -1;
    long reports = 0;
    bool cancelled = false;
};

// A profile's folder that outlives the installers which work on it.
struct Place {
    test::FaultVfs vfs{"fault-library", true};
    test::TempDir dir;
    test::LibraryFields fields;
    std::shared_ptr<FaultyDisk::Plan> plan = std::make_shared<FaultyDisk::Plan>();
    PackFiles files = test::arms().files();
    CheckedPack pack = test::arms().checked();
    PackName name{"org.example.arms", "1.0.0"};

    Place() { fs::create_directory(packs()); }
    [[nodiscard]] fs::path packs() const { return dir / "packs"; }

    std::unique_ptr<Installer> open() {
        auto index = Index::open(dir / "library.sqlite");
        REQUIRE(index);
        return std::make_unique<Installer>(packs(), std::move(*index),
                                           std::make_unique<FaultyDisk>(plan), fields);
    }
    Status install(Installer& installer) {
        QuietTask task;
        const auto done = installer.install(files, pack, Progress(task, 0, 1));
        return done ? Status{} : Status(fail(done.error()));
    }

    // As after a restart: the folder and the index agree, nothing else lies about, and the pack is
    // complete if it is there.
    bool is_installed_after_restart() {
        *plan = {};
        {
            auto installer = open();
            const auto difference = installer->compare();
            REQUIRE(difference);
            QuietTask task;
            REQUIRE(installer->reconcile(*difference, task));
            CHECK(installer->compare()->is_empty());
        }
        auto index = Index::open(dir / "library.sqlite");
        REQUIRE(index);
        const auto row = index->find(name.id, name.version);
        REQUIRE(row);
        RealDisk disk;
        const PackFolders folders(packs(), disk);
        CHECK(folders.list().size() == (*row ? 1U : 0U));
        CHECK_FALSE(folders.has_leftovers());
        if (!*row) {
            CHECK(index->database().integer("SELECT count(*) FROM entries").value() == 0);
            return false;
        }
        const auto read = folders.read(name);
        REQUIRE(read);
        CHECK(digest_of(*read) == digest_of(files));
        CHECK((*row)->digest == digest_of(files));
        CHECK(index->database().integer("SELECT count(*) FROM entries").value() == 3);
        CHECK(index->database()
                  .integer("SELECT count(*) FROM texts WHERE texts MATCH 'sword'")
                  .value() == 2);
        return true;
    }
};

}  // namespace

TEST_CASE("an import whose nth step on disk fails leaves nothing at once") {
    for (long step = 0;; ++step) {
        INFO("step " << step);
        Place place;
        place.plan->steps_before_fault = step;
        auto installer = place.open();
        const Status done = place.install(*installer);
        if (done) {
            CHECK(step > 10);
            break;
        }
        CHECK(done.error().kind == ErrorKind::environment);
        CHECK_FALSE(fs::exists(place.packs() / "org.example.arms"));
        CHECK(installer->find(place.name).value() == std::nullopt);
        *place.plan = {};
        CHECK(place.install(*installer));  // and is no hindrance to the next try
        installer.reset();
        CHECK(place.is_installed_after_restart());
    }
}

TEST_CASE(
    "an import that is killed at its nth step is there as a whole or not at all after a restart") {
    bool was_ever_missing = false;
    bool was_ever_there = false;
    for (long step = 0;; ++step) {
        INFO("killed at step " << step);
        Place place;
        *place.plan = {step, true};
        Status done;
        {
            auto installer = place.open();
            done = place.install(*installer);
        }
        const bool is_there = place.is_installed_after_restart();
        if (done) CHECK(is_there);
        was_ever_missing = was_ever_missing || !is_there;
        was_ever_there = was_ever_there || is_there;
        if (done) break;
    }
    CHECK(was_ever_missing);
    CHECK(was_ever_there);
}

TEST_CASE("an import whose nth write to the index fails leaves nothing") {
    long tries = 0;
    for (long write = 0;; ++write) {
        INFO("write " << write);
        Place place;
        bool done = false;
        {
            auto installer = place.open();
            place.vfs.fail_after(write, SQLITE_FULL);
            done = place.install(*installer).has_value();
            place.vfs.repair();
            if (!done) {
                CHECK_FALSE(fs::exists(place.packs() / "org.example.arms"));
                CHECK(installer->find(place.name).value() == std::nullopt);
            }
        }
        CHECK(place.is_installed_after_restart() == done);
        ++tries;
        if (done) break;
    }
    CHECK(tries > 3);
}

TEST_CASE("an import that is cancelled at any moment leaves nothing") {
    for (long reports = 0;; ++reports) {
        INFO("after report " << reports);
        Place place;
        QuietTask task;
        task.reports_before_cancel = reports;
        {
            auto installer = place.open();
            const auto done = installer->install(place.files, place.pack, Progress(task, 0, 1));
            if (done) {
                CHECK(reports > 5);
                break;
            }
            CHECK(done.error().kind == ErrorKind::cancelled);
        }
        CHECK_FALSE(fs::exists(place.packs() / "org.example.arms"));
        CHECK_FALSE(place.is_installed_after_restart());
    }
}

TEST_CASE("a removal that fails or is killed at its nth step leaves the pack whole or gone") {
    for (const bool is_crash : {false, true}) {
        for (long step = 0; step < 6; ++step) {
            INFO("step " << step << (is_crash ? ", killed" : ", failed"));
            Place place;
            Status removed;
            {
                auto installer = place.open();
                REQUIRE(place.install(*installer));
                *place.plan = {step, is_crash};
                removed = installer->remove(place.name);
            }
            const bool is_there = place.is_installed_after_restart();
            CHECK(is_there == !removed.has_value());
        }
    }
}

TEST_CASE("a removal whose write to the index fails puts the pack back") {
    Place place;
    {
        auto installer = place.open();
        REQUIRE(place.install(*installer));
        place.vfs.fail_after(0, SQLITE_IOERR_WRITE);
        CHECK_FALSE(installer->remove(place.name));
        CHECK(fs::exists(place.packs() / "org.example.arms/1.0.0/szpack.json"));
        place.vfs.repair();
    }
    CHECK(place.is_installed_after_restart());
}

TEST_CASE("a pack's id and version never lead out of the packs' folder") {
    Place place;
    auto installer = place.open();
    for (const auto& [id, version] :
         std::vector<std::pair<std::string, std::string>>{{"..", "1.0.0"},
                                                          {"a/b", "1.0.0"},
                                                          {".import-x", "1.0.0"},
                                                          {"", "1.0.0"},
                                                          {"good", "../1"},
                                                          {"good", ""}}) {
        INFO(id << " " << version);
        place.pack.manifest["id"] = id;
        place.pack.manifest["version"] = version;
        CHECK(place.install(*installer).error().code == "SZ-LIB-021");
    }
    CHECK(fs::is_empty(place.packs()));
}
