// SPDX-License-Identifier: AGPL-3.0-or-later
#include <future>

#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;
namespace fs = std::filesystem;

namespace {

struct SampleFixture : LibraryFixture {
    fs::path samples = dir / "samples";
    SampleFixture() { fs::create_directory(samples); }

    // Returns how many times an archive was read.
    int install() {
        int reads = 0;
        formats.on_read = [&] { ++reads; };
        std::promise<sz::Status> done;
        thread->run_and_wait([&] {
            library->install_samples(samples,
                                     [&](sz::Status status) { done.set_value(std::move(status)); });
        });
        const auto status = done.get_future().get();
        if (!status) FAIL(status.error().message);
        formats.on_read = {};
        return reads;
    }
};

}  // namespace

TEST_CASE("the samples are installed at the first start and marked as such") {
    SampleFixture library;
    arms().write(library.samples / "arms.szp");
    PackMaker("org.example.other", "Other").dataset("a").write(library.samples / "other.szp");
    std::ofstream(library.samples / "README.md") << "not a pack";
    CHECK(library.install() == 2);
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0", "org.example.other@1.0.0"});
    CHECK(library.get("pack.list").at("packs").at(0).at("sample") == true);
    CHECK(library.told().size() == 1);
}

TEST_CASE("later starts only look at the folder") {
    SampleFixture library;
    arms().write(library.samples / "arms.szp");
    library.install();
    library.reopen();
    CHECK(library.install() == 0);
    CHECK(library.get("pack.list").at("packs").at(0).at("sample") == true);
    CHECK(library.told().empty());
}

TEST_CASE("a sample that a person removed does not come back") {
    SampleFixture library;
    arms().write(library.samples / "arms.szp");
    library.install();
    library.get("pack.remove", {{"pack", "Arms"}});
    library.reopen();
    CHECK(library.install() == 0);
    CHECK(library.listed().empty());
    arms("1.1.0").write(library.samples / "arms.szp");  // nor does its next version
    CHECK(library.install() == 1);
    CHECK(library.listed().empty());
}

TEST_CASE("a new version of a sample comes beside the old one") {
    SampleFixture library;
    arms().write(library.samples / "arms.szp");
    library.install();
    arms("1.1.0").write(library.samples / "arms.szp");
    CHECK(library.install() == 1);
    CHECK(library.listed() == Texts{"org.example.arms@1.1.0", "org.example.arms@1.0.0"});
}

TEST_CASE("a sample with a fault is passed over, the others come") {
    SampleFixture library;
    std::ofstream(library.samples / "a.szp") << "rubbish";
    arms().write(library.samples / "b.szp");
    library.install();
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0"});
}

TEST_CASE("no folder of samples is no error") {
    SampleFixture library;
    fs::remove(library.samples);
    CHECK(library.install() == 0);
}
