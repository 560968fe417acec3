// SPDX-License-Identifier: AGPL-3.0-or-later
// campaign.export, import, repair and backups beside a campaign that is being played.
#include <fstream>

#include "kernel/campaign/campaigns.hpp"
#include "kernel/plugin/field_change.hpp"
#include "tests/unit/campaign/played.hpp"

using namespace sz;
using namespace sz::test;

namespace {

// One file that holds all, as CBOR: archives are pack-szp's own subject.
class FakeFormats final : public PackFormats {
  public:
    [[nodiscard]] std::vector<PackFormatInfo> list() const override { return {}; }
    [[nodiscard]] Result<std::string> probe(const std::string&) const override { return "szp"; }
    [[nodiscard]] Result<ReadPacks> read(std::string_view, const std::string& path, const Json&,
                                         const ProgressFn&, Findings&) const override {
        ReadPacks packs;
        packs.packs.emplace_back();
        const Json all = Json::from_cbor(bytes_of_file(path));
        for (const auto& [name, content] : all.items())
            packs.packs[0].push_back({name, content.get<std::string>()});
        return packs;
    }
    [[nodiscard]] Status write(std::string_view, const PackFiles& files, const std::string& path,
                               const ProgressFn&, Findings&) const override {
        Json all = Json::object();
        for (const PackFile& file : files) all[file.path] = file.content;
        const auto bytes = Json::to_cbor(all);
        write_bytes(path, {bytes.begin(), bytes.end()});
        return {};
    }
};

class Kernel {
  public:
    explicit Kernel(std::uint8_t seed = 1)
        : gm(seed),
          bus(thread, [](const std::string&, const Json&) { return Findings(); }),
          tasks(bus, thread, pool) {
        start();
    }
    ~Kernel() { stop(); }

    void start() {
        thread.run_and_wait([this] {
            auto opened = Campaigns::open({profile.path()},
                                          {bus,
                                           thread,
                                           templates,
                                           fields,
                                           gm,
                                           {[this] { return now.load(); }, Sources::real().uuid},
                                           &tasks,
                                           &formats});
            if (!opened) return;
            campaigns = std::move(*opened);
            (void)campaigns->add_methods();
            (void)tasks.add_methods();
        });
        REQUIRE(campaigns);
    }
    void stop() {
        pool.stop();
        thread.run_and_wait([this] {
            if (campaigns) campaigns->stop();
            campaigns.reset();
            bus.remove_methods("kernel");
        });
    }

    Json must(const std::string& method, Json params) {
        const auto result = bus.call_and_wait(method, std::move(params));
        INFO(method << ": "
                    << (result ? std::string()
                               : result.error().code + " " + result.error().message));
        REQUIRE(result);
        return *result;
    }
    Json task(const std::string& method, Json params) {
        return must("task.wait", {{"task", must(method, std::move(params))["task"]}});
    }
    void add(int times) {
        for (int i = 0; i < times; ++i)
            must("character.do",
                 {{"id", character}, {"path", "strength"}, {"op", "add"}, {"args", {1}}});
    }
    void begin() {
        campaign = must("campaign.new", {{"template", "Test/evening"}, {"name", "Night"}})["id"];
        character =
            must("character.new",
                 {{"campaign", campaign}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
    }
    [[nodiscard]] std::filesystem::path folder() const { return profile / "campaigns"; }
    [[nodiscard]] std::size_t copies() {
        return must("campaign.backups", {{"id", campaign}})["backups"].size();
    }

    TempDir profile;
    FakeTemplates templates;
    FakeFieldTypes fields;
    FakeFormats formats;
    FakeIdentity gm;
    std::atomic<UnixMs> now = 1'763'812'800'000;
    std::string campaign, character;
    KernelThread thread;
    WorkerPool pool{"work", 1};
    Bus bus;
    Tasks tasks;
    std::unique_ptr<Campaigns> campaigns;
};

}  // namespace

TEST_CASE("a campaign that is open is exported, and an older one that is open goes on") {
    Kernel here;
    here.begin();
    const std::string first = (here.profile / "first.szp").string();
    const Json exported = here.task("campaign.export", {{"id", here.campaign}, {"output", first}});
    CHECK(exported["ok"] == true);
    CHECK(exported["sealed"] == true);
    CHECK(exported["events"] == 2);

    Kernel there;
    CHECK(there.task("campaign.import", {{"path", first}})["state"] == "new");
    there.campaign = here.campaign;
    there.character = here.character;
    there.add(1);  // it is open now
    CHECK(there.task("campaign.import", {{"path", first}})["ok"] == false);
    here.add(3);
    there.must("campaign.undo", {{"id", there.campaign}});

    // It parted: only when asked to.
    const std::string second = (here.profile / "second.szp").string();
    here.task("campaign.export", {{"id", here.campaign}, {"output", second}});
    const Json refused = there.task("campaign.import", {{"path", second}});
    CHECK(refused["ok"] == false);
    CHECK(refused["findings"][0]["code"] == "SZ-CAMPAIGN-064");
    CHECK(there.must("campaign.show", {{"id", there.campaign}})["events"] == 4);
    const Json forced = there.task("campaign.import", {{"path", second}, {"force", true}});
    CHECK(forced["state"] == "replaced");
    const Json shown = there.must("campaign.show", {{"id", there.campaign}});
    CHECK(shown["head"] == here.must("campaign.show", {{"id", here.campaign}})["head"]);
    there.add(1);
    CHECK(there.must("campaign.verify", {{"id", there.campaign}})["ok"] == true);

    // And back, to a campaign that is open and shorter: by itself.
    const std::string third = (here.profile / "third.szp").string();
    there.task("campaign.export", {{"id", there.campaign}, {"output", third}});
    const Json back = here.task("campaign.import", {{"path", third}});
    CHECK(back["state"] == "continued");
    CHECK(back["events"] == 6);
    here.add(1);
    CHECK(here.must("campaign.verify", {{"id", here.campaign}})["events"] == 7);
    CHECK(here.must("campaign.list", Json::object())["campaigns"].size() == 1);
}

TEST_CASE("a copy is made at the first event, ten minutes later, and at the end") {
    Kernel kernel;
    kernel.begin();
    kernel.must("campaign.backups", {{"id", kernel.campaign}, {"now", true}});
    const auto first = kernel.copies();
    kernel.add(2);
    CHECK(kernel.copies() == first);
    kernel.now += 600'000;
    kernel.add(1);
    kernel.stop();  // what was begun in the background is ended or left out; then it is closed
    const Backups backups(kernel.folder() / "backups" / kernel.campaign);
    const auto all = backups.list();
    REQUIRE(all.size() == first + 1);
    CHECK(all[0].events == 5);
    for (const auto& file : std::filesystem::directory_iterator(backups.folder()))
        CHECK(file.path().extension() == ".sqlite");
}

TEST_CASE("a repair is a task that leaves the damaged file alone") {
    Kernel kernel;
    kernel.begin();
    kernel.add(3);
    kernel.stop();
    const auto file = kernel.folder() / (kernel.campaign + ".sqlite");
    change_database(file, "DELETE FROM parts WHERE event = 4");
    const std::string bytes = bytes_of_file(file);
    const TempDir other;
    const std::string saved = (other / "saved.sqlite").string();
    Kernel elsewhere;
    const Json repaired =
        elsewhere.task("campaign.repair", {{"path", file.string()}, {"output", saved}});
    CHECK(repaired["ok"] == true);
    CHECK(repaired["events"] == 3);
    CHECK(repaired["lost"] == 2);
    CHECK(repaired["later_readable"] == 1);
    CHECK(repaired["fault"]["index"] == 4);
    CHECK(bytes_of_file(file) == bytes);
    CHECK(elsewhere.task("campaign.import", {{"path", saved}})["events"] == 3);
    for (const auto& entry : std::filesystem::directory_iterator(other.path()))
        CHECK(entry.path().filename() == "saved.sqlite");
}
