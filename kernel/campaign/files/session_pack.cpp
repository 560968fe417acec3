// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/session_pack.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t dependencies_max = 200;  // schemas/v1/szpack.json
constexpr EventIndex packed_per_report = 256;

tl::unexpected<Error> too_long_for_a_pack() {
    return fail(ErrorKind::limit, "SZ-CAMPAIGN-070",
                "The campaign is too long for a session datapack, which holds 1 GiB at most.",
                "Take a copy of its file instead: szctl campaign backups ID --now, then szctl "
                "campaign import with that file.");
}

// Lines, in files of a bounded size: NAME0001.jsonl, NAME0002.jsonl, …
class LineFiles {
  public:
    LineFiles(std::string_view name, std::uint64_t& bytes, PackFiles& files)
        : name_(name), bytes_(bytes), files_(files) {}

    // False: the pack is full.
    [[nodiscard]] bool add(const std::string& line) {
        bytes_ += line.size() + 1;
        if (bytes_ > limits::pack_total_bytes_max) return false;
        if (count_ == 0 || files_.back().content.size() >= limits::session_file_bytes) next_file();
        files_.back().content += line;
        files_.back().content += '\n';
        return true;
    }

  private:
    void next_file() {
        char number[16];
        std::snprintf(number, sizeof number, "%04zu", ++count_);
        files_.push_back({name_ + number + std::string(session_pack::lines_end), {}});
    }

    std::string name_;
    std::uint64_t& bytes_;
    PackFiles& files_;
    std::size_t count_ = 0;
};

Json people_of(const State& state) {
    Json people = Json::array();
    for (const auto& [id, member] : state.members())
        people.push_back(
            {{"client_id", id}, {"name", member.name}, {"role", role_name(member.role)}});
    return people;
}

// Id and version of each pack that a sheet is from, or asks for.
std::map<std::pair<std::string, std::string>, std::string> packs_of(const State& state) {
    std::map<std::pair<std::string, std::string>, std::string> packs;
    for (const auto& [id, instance] : state.instances()) {
        const Json& link = instance.template_link;
        packs[{string_or(link, "datapackId"), string_or(link, "version")}] =
            string_or(link, "pack");
        for (const Json& one : instance.requires_packs)
            packs.try_emplace({string_or(one, "id"), string_or(one, "version")});
    }
    return packs;
}

std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Number of events as the last part: a later export of a campaign is a later version.
std::string version_of(EventIndex events) { return "1.0." + std::to_string(events); }

Json pack_manifest(const State& state, const Packed& packed) {
    Json dependencies = Json::array();
    std::string last;
    for (const auto& [key, name] : packs_of(state)) {
        const auto& [id, version] = key;
        if (id.empty() || id == last || dependencies.size() >= dependencies_max) continue;
        Json one{{"id", id}, {"version", version}};
        if (!name.empty()) one["name"] = name;
        dependencies.push_back(std::move(one));
        last = id;
    }
    return {{"id", state.campaign()},
            {"name", packed.name},
            {"version", version_of(packed.ledger.events)},
            {"packType", "session"},
            {"description",
             "A campaign with everything in it, the game master's secrets too. To go on with it: "
             "szctl campaign import."},
            {"createdAt", format_time(packed.ledger.at)},
            {"sessionZeroVersion", SZ_VERSION},
            {"dependencies", std::move(dependencies)}};
}

// What an importer compares, and what a person wants to know.
Json pack_about(const State& state, const Packed& packed) {
    Json packs = Json::array();
    for (const auto& [key, name] : packs_of(state))
        packs.push_back({{"id", key.first}, {"version", key.second}, {"name", name}});
    return {{"format", 1},
            {"id", state.campaign()},
            {"name", packed.name},
            {"host", state.host()},
            {"events", packed.ledger.events},
            {"head", to_hex(packed.ledger.head)},
            {"lastEventAt", format_time(packed.ledger.at)},
            {"members", people_of(state)},
            {"packs", std::move(packs)}};
}

// A sheet as people and other programs read it. An importer does not: the ledger is the truth.
Json pack_instance(const Instance& instance) {
    Json fields = Json::object();
    visit_fields(instance, [&](const LayoutSection&, const LayoutGroup&, const std::string& path,
                               const Field& field) { fields[path] = field.value; });
    return {{"id", instance.id},
            {"szType", "instance"},
            {"kind", instance.kind},
            {"name", instance.name},
            {"owner", instance.owner},
            {"removed", instance.removed},
            {"version", version_of(instance.revision)},
            {"schemaVersion", "1.0.0"},
            {"templateLink", instance.template_link},
            {"fields", std::move(fields)}};
}

class Packing {
  public:
    Packing(Ledger& ledger, const RebuildProgress& progress)
        : ledger_(ledger), progress_(progress), fold_(ledger.campaign(), ledger.host()) {}

    [[nodiscard]] Result<Packed> run(Identity* sealer) {
        const auto read = [this]() -> Status {
            SZ_TRY(add_events());
            return add_answers();
        };
        SZ_TRY(ledger_.database().read_together(read));
        const State& state = fold_.state();
        const Instance* session = state.find(state.campaign());
        Rebuilt& done = packed_.ledger;
        packed_.name = done.name = session == nullptr ? state.campaign() : session->name;
        done.campaign = state.campaign();
        done.host = state.host();
        done.events = done.last = fold_.events();
        done.at = fold_.at();
        done.head = fold_.head();
        done.answers = answers_hash(streams_);
        SZ_TRY(add_seal(sealer));
        add(std::string(session_pack::manifest), text_of(pack_manifest(state, packed_)));
        add(std::string(session_pack::about), text_of(pack_about(state, packed_)));
        for (const auto& [id, instance] : state.instances())
            add("objects/instances/" + id + ".json", text_of(pack_instance(instance)));
        if (bytes_ > limits::pack_total_bytes_max) return too_long_for_a_pack();
        std::sort(packed_.files.begin(), packed_.files.end(),
                  [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
        return std::move(packed_);
    }

  private:
    void add(std::string path, std::string content) {
        bytes_ += content.size();
        packed_.files.push_back({std::move(path), std::move(content)});
    }

    [[nodiscard]] Status add_seal(Identity* sealer) {
        if (sealer == nullptr) return {};
        SZ_ASSIGN(const Seal seal, make_seal(*sealer, packed_.ledger));
        add(std::string(session_pack::seal),
            text_of({{"seal", seal.bytes}, {"signature", to_hex(seal.signature)}}));
        packed_.is_sealed = true;
        return {};
    }

    [[nodiscard]] Status add_events() {
        SZ_ASSIGN(const auto last, ledger_.database().integer("SELECT max(idx) FROM events"));
        const auto total = static_cast<EventIndex>(last.value_or(0));
        LineFiles lines(session_pack::events, bytes_, packed_.files);
        Status added;
        SZ_TRY(ledger_.in_order([&](const Event& event) {
            added = fold_.add(event);
            if (!added)
                added = fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                             "The campaign's ledger does not hold at event " +
                                 std::to_string(event.index) + ": " + added.error().message + ".",
                             "szctl campaign repair saves what holds; szctl campaign backups lists "
                             "its copies.",
                             ledger_.campaign());
            else if (!lines.add(event_line(event)))
                added = too_long_for_a_pack();
            else if (event.index % packed_per_report == 0 && !progress_(event.index, total))
                added = fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031",
                             "The export was stopped; nothing was written.");
            return added.has_value();
        }));
        return added;
    }

    [[nodiscard]] Status add_answers() {
        LineFiles streams(session_pack::streams, bytes_, packed_.files);
        bool fits = true;
        SZ_TRY(ledger_.database().query(
            "SELECT id, author, stream FROM streams ORDER BY id", {}, [&](const Row& row) {
                streams_.push_back({static_cast<std::uint64_t>(row.integer(0)),
                                    std::string(row.text(1)),
                                    std::string(row.text(2)),
                                    0,
                                    {}});
                return fits = streams.add(stream_line(streams_.back()));
            }));
        LineFiles verdicts(session_pack::verdicts, bytes_, packed_.files);
        if (!fits) return too_long_for_a_pack();
        SZ_TRY(ledger_.database().query(
            "SELECT stream, seq, event, action, refusal, chain FROM verdicts ORDER BY stream, seq",
            {}, [&](const Row& row) {
                const Verdict verdict{static_cast<std::uint64_t>(row.integer(0)),
                                      static_cast<std::uint64_t>(row.integer(1)),
                                      static_cast<EventIndex>(row.integer(2)),
                                      digest_of(row.text(3)),
                                      std::string(row.text(4)),
                                      digest_of(row.text(5))};
                if (verdict.stream >= 1 && verdict.stream <= streams_.size()) {
                    streams_[verdict.stream - 1].seq = verdict.seq;
                    streams_[verdict.stream - 1].chain = verdict.chain;
                }
                return fits = verdicts.add(verdict_line(verdict));
            }));
        return fits ? add_snapshots() : too_long_for_a_pack();
    }

    // Those made by hand; the state in them is had from the ledger again.
    [[nodiscard]] Status add_snapshots() {
        SZ_ASSIGN(auto all, list_snapshots(ledger_));
        std::reverse(all.begin(), all.end());
        LineFiles lines(session_pack::snapshots, bytes_, packed_.files);
        for (const Snapshot& one : all) {
            if (one.kind == SnapshotKind::hand && !lines.add(snapshot_line(one)))
                return too_long_for_a_pack();
        }
        return {};
    }

    Ledger& ledger_;
    const RebuildProgress& progress_;
    Fold fold_;
    Packed packed_;
    std::vector<Stream> streams_;
    std::uint64_t bytes_ = 0;
};

}  // namespace

Result<Packed> pack_session(Ledger& ledger, Identity* sealer, const RebuildProgress& progress) {
    return Packing(ledger, progress).run(sealer);
}

}  // namespace sz::campaign
