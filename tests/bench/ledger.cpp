// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign of a million events beside one of a thousand: what is done every evening must not take
// longer. The file alone, without plugins: what they do does not know how long the ledger is.
#include <deque>
#include <nlohmann/json.hpp>

#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/host.hpp"
#include "kernel/campaign/sentences.hpp"
#include "kernel/campaign/views.hpp"
#include "tests/bench/measure.hpp"
#include "tests/support/fake_field_types.hpp"
#include "tests/support/test_key.hpp"

namespace sz::bench {

namespace {

using namespace sz::campaign;

const std::string long_campaign = "11111111-1111-4111-8111-111111111111";
const std::string counted = "s.g.hits";
constexpr EventIndex events_per_batch = 5000;
constexpr std::uint64_t log_events = 50;
constexpr EventIndex away = 2000;  // events that somebody missed

void check(const Status& status) {
    if (!status) stop_with(status.error());
}

// Both threads in turns, on this one.
class Turns final : public Executor {
  public:
    void post(std::function<void()> work) override { work_.push_back(std::move(work)); }
    void run() {
        while (!work_.empty()) {
            const auto work = std::move(work_.front());
            work_.pop_front();
            work();
        }
    }

  private:
    std::deque<std::function<void()>> work_;
};

class OneTemplate final : public Templates {
  public:
    [[nodiscard]] Result<Json> find_pack(std::string_view) const override { return no_entries(); }
    [[nodiscard]] Result<Json> find_template(std::string_view, std::string_view) const override {
        return Json::parse(R"({"id":"t","name":"T","pack":{"id":"p","name":"P","version":"1.0.0"},
            "sections":[{"id":"s","name":"S","groups":[{"id":"g","name":"G","fields":[
            {"id":"hits","name":"Hits","type":"Number"}]}]}]})");
    }
    [[nodiscard]] Result<Json> linked_entry(const Json&) const override { return no_entries(); }
    [[nodiscard]] Result<Json> find_entry(std::string_view, std::string_view,
                                          std::string_view) const override {
        return no_entries();
    }

  private:
    static tl::unexpected<Error> no_entries() {
        return fail(ErrorKind::not_found, "SZ-LIB-004", "There are no entries here.");
    }
};

class LongCampaign {
  public:
    LongCampaign(std::filesystem::path folder, EventIndex events)
        : file_(std::move(folder) / (long_campaign + ".sqlite")) {
        check(make_folder(file_.parent_path()));
        begin();
        grow(events);
    }
    ~LongCampaign() { close(); }
    LongCampaign(const LongCampaign&) = delete;
    LongCampaign& operator=(const LongCampaign&) = delete;

    void open() {
        Host::open(file_, services(), [this](Result<std::shared_ptr<Host>> opened) {
            host_ = must(std::move(opened));
        });
        turns_.run();
    }
    void close() {
        if (!host_) return;
        host_->finish();
        host_.reset();
        turns_.run();
    }
    void append() { act(seen_); }
    // What somebody sends who was away for so many events.
    void append_after_absence() { act(old_head_); }
    void view() {
        const State& state = host_->state();
        const Json view = campaign_view(state, state.viewer(state.host()), {fields_, templates_});
        if (view.dump().empty()) std::abort();
    }
    void log() {
        read([](Ledger& ledger) {
            std::uint64_t count = 0;
            check(ledger.newest_first(EventIndex{1} << 53U, log_events, [&](const Event& event) {
                count += records_of(event.parts)->size();
                return true;
            }));
            if (count != log_events) std::abort();
        });
    }
    // A copy of the file, as it is made beside the play; returns the longest step.
    double copy(const std::filesystem::path& target) {
        double longest = 0;
        for (bool is_complete = false; !is_complete;) {
            longest = std::max(
                longest, time_ms([&] {
                    read([&](Ledger& ledger) {
                        is_complete = must(ledger.copy_some(target, limits::backup_pages_per_step));
                    });
                }));
        }
        return longest;
    }
    [[nodiscard]] double mebibytes() const {
        return static_cast<double>(std::filesystem::file_size(file_)) / 1024 / 1024;
    }

  private:
    [[nodiscard]] Host::Services services() {
        return {fields_, templates_, turns_, turns_, Sources::real(), {}, {}, {}, {}};
    }

    void begin() {
        const std::string id = identity_.key().client_id();
        host_ = Host::begin(file_, long_campaign, id, services());
        host_->act(identity_,
                   {{long_campaign,
                     "",
                     "create",
                     Json::array({{{"template", "P/t"}, {"name", "Long"}, {"owner", id}}}),
                     {}},
                    {long_campaign,
                     "",
                     "member",
                     Json::array({{{"id", id}, {"name", "Mira"}, {"role", "gm"}}}),
                     {}}},
                   [](const Result<Accepted>& accepted) {
                       if (!accepted) stop_with(accepted.error());
                   });
        turns_.run();
        close();
    }

    [[nodiscard]] SignedAction signed_action(const std::string& stream, std::uint64_t seq,
                                             const std::string& seen) const {
        const std::string id = identity_.key().client_id();
        SignedAction action{action_bytes({long_campaign,
                                          id,
                                          id,
                                          stream,
                                          seq,
                                          seen,
                                          {{long_campaign, counted, "add", Json::array({1}), {}}}}),
                            {}};
        action.signature = identity_.key().sign(signing_message(action.bytes));
        return action;
    }

    // What the host does, without waiting for the disk after each.
    void grow(EventIndex events) {
        auto ledger = must(Ledger::open(file_));
        auto loaded = must(ledger->load());
        Stream stream{
            loaded.streams.size() + 1, identity_.key().client_id(), random_hex(16), 0, {}};
        stream.chain = stream_start(long_campaign, stream.author, stream.stream);
        const std::string tag = stream_tag(stream.author, stream.stream);
        Batch batch;
        batch.streams.push_back(stream);
        (void)loaded.state.take_rows();
        while (loaded.events < events) {
            add_event(loaded, stream, tag, batch);
            if (loaded.events + away == events + 1) old_head_ = to_hex(loaded.head);
            if (batch.events.size() < events_per_batch && loaded.events < events) continue;
            batch.rows = loaded.state.take_rows();
            batch.last = loaded.events;
            batch.head = loaded.head;
            batch.state_hash = loaded.state.hash();
            check(ledger->commit(batch));
            batch = {};
        }
        seen_ = to_hex(loaded.head);
        if (old_head_.empty()) old_head_ = seen_;
    }

    void add_event(Loaded& loaded, Stream& stream, const std::string& tag, Batch& batch) {
        const EventPlace place{loaded.events + 1, loaded.at + 1, tag};
        const Json value = loaded.state.find_field(long_campaign, counted)->value;
        Record record{long_campaign,
                      counted,
                      {{"set", value.get<std::int64_t>() + 1}},
                      {{"op", "add"}, {"args", Json::array({-1})}},
                      true,
                      {}};
        const SignedAction action = signed_action(stream.stream, ++stream.seq, to_hex(loaded.head));
        batch.events.push_back(
            make_event(place.index, place.at, loaded.head, action,
                       {{Audience::everyone(), canonical_json(record.to_json())}},
                       [] { return random_hex(8); }));
        check(loaded.state.apply(record, place));
        loaded.events = place.index;
        loaded.at = place.at;
        loaded.head = batch.events.back().head;
        Verdict verdict{stream.number, stream.seq, place.index, action_hash(action.bytes), {}, {}};
        verdict.chain = verdict_chain(stream.chain, verdict);
        stream.chain = verdict.chain;
        batch.verdicts.push_back(std::move(verdict));
    }

    void act(const std::string& seen) {
        const std::string stream = random_hex(16);
        host_->submit(signed_action(stream, 1, seen), [](const Result<Accepted>& accepted) {
            if (!accepted) stop_with(accepted.error());
        });
        turns_.run();
    }
    void read(const std::function<void(Ledger&)>& work) {
        host_->read<bool>(
            [&](Ledger& ledger) -> Result<bool> {
                work(ledger);
                return true;
            },
            [](const Result<bool>& done) {
                if (!done) stop_with(done.error());
            });
        turns_.run();
    }

    std::filesystem::path file_;
    test::FakeIdentity identity_{1};
    test::FakeFieldTypes fields_;
    OneTemplate templates_;
    Turns turns_;
    std::shared_ptr<Host> host_;
    std::string seen_, old_head_;
};

Row beside(const char* what, LongCampaign& long_one, LongCampaign& short_one, int runs,
           const std::string& note, const std::function<void(LongCampaign&)>& work) {
    std::vector<double> longs;
    std::vector<double> shorts;
    for (int i = 0; i < runs; ++i) {
        longs.push_back(time_ms([&] { work(long_one); }));
        shorts.push_back(time_ms([&] { work(short_one); }));
    }
    return {what,  median(longs), median(shorts), "ms", "the same of 1,000 events", 1.5,
            false, note};
}

}  // namespace

Rows measure_ledger(const Setup& setup) {
    check(crypto_init());
    const EventIndex events = setup.smoke ? 4000 : 1'000'000;
    LongCampaign long_one(setup.folder / "long", events);
    LongCampaign short_one(setup.folder / "short", 1000);
    const int few = setup.smoke ? 1 : 9;
    const int many = setup.smoke ? 2 : 200;
    const std::string note = std::to_string(events) + " events, " +
                             std::to_string(static_cast<int>(long_one.mebibytes())) + " MiB";
    const auto append = [](LongCampaign& one) { one.append(); };
    const auto append_late = [](LongCampaign& one) { one.append_after_absence(); };
    Rows rows{beside("a long ledger: open", long_one, short_one, few, note, [](LongCampaign& one) {
        one.close();
        one.open();
    })};
    rows.push_back(
        beside("a long ledger: append and commit", long_one, short_one, many, "", append));
    rows.push_back(beside("a long ledger: the campaign's view", long_one, short_one, many, "",
                          [](LongCampaign& one) { one.view(); }));
    rows.push_back(beside("a long ledger: the last 50 of its log", long_one, short_one, many, "",
                          [](LongCampaign& one) { one.log(); }));
    Row late = beside("a long ledger: append on a head 2,000 events old", long_one, short_one, few,
                      "the short one has no such head", append_late);
    late.goal = 0;
    rows.push_back(std::move(late));
    double longest = 0;
    const double copied = time_ms([&] { longest = long_one.copy(setup.folder / "copy.sqlite"); });
    rows.push_back({"a long ledger: a copy of its file", copied, 0, "ms", "", 0, false, note});
    rows.push_back({"the longest of its steps, between two commits", longest, 0, "ms", "", 0, false,
                    "1 MiB each, synced every 4 MiB"});
    return rows;
}

}  // namespace sz::bench
