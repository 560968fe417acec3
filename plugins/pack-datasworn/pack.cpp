// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pack.hpp"

#include "kinds.hpp"
#include "manifest.hpp"

namespace datasworn {
namespace {

constexpr std::size_t entries_per_tick = 32;

// Sums over all packages of a source.
struct Account {
    std::uint64_t values = 0;  // read
    std::uint64_t links = 0, links_left = 0;
    Tally tally;
};

std::string dump(const Json& json) { return json.dump() + '\n'; }

// What the manifest has taken, and what of it did not fit.
void count_manifest(const Package& package, Tally& tally) {
    for (const char* key : {"_id", "datasworn_version", "type", "ruleset", "title", "authors",
                            "date", "url", "license", "description"}) {
        const auto at = package.root.find(key);
        if (at != package.root.end()) tally.values += count_values(*at);
    }
}

void report_unknown(const Workshop& shop) {
    for (const auto& [what, count] : shop.unknown) {
        shop.package.report(shop.faults, Severity::note, "SZ-DATASWORN-012", "",
                            "\"" + what.second + "\" of " + what.first +
                                " is not known to the importer (" + std::to_string(count) +
                                (count == 1 ? " time)." : " times)."),
                            "It was carried by its type.");
    }
}

class Conversions {
  public:
    Conversions(const Sources& sources, const std::string& version, const Sink& sink,
                const Tick& tick, Faults& faults)
        : sources_(sources), version_(version), sink_(sink), tick_(tick), faults_(faults) {}

    Outcome convert(const Package& package);
    [[nodiscard]] const Account& account() const { return account_; }

  private:
    Outcome write(const Catalogue& catalogue, Workshop& shop);
    Outcome write_dataset(const Dataset& dataset, const Catalogue& catalogue, Workshop& shop,
                          std::uint64_t& done);

    const Sources& sources_;
    const std::string& version_;
    const Sink& sink_;
    const Tick& tick_;
    Faults& faults_;
    Account account_;
};

Outcome Conversions::write_dataset(const Dataset& dataset, const Catalogue& catalogue,
                                   Workshop& shop, std::uint64_t& done) {
    Json entries = Json::object();
    auto& members = entries.get_ref<Json::object_t&>();
    for (const Node* node : dataset.entries) {
        if (done++ % entries_per_tick == 0 && !tick_(done, catalogue.size() + 1, dataset.name))
            return Outcome::cancelled;
        Draft draft(shop, *node);
        fill(draft, shop.tally);
        members.push_back({node->entry, draft.finish()});  // the catalogue gives each id once
    }
    const Json out = {{"id", dataset.id},
                      {"name", dataset.name},
                      {"szType", "dataset"},
                      {"datasetType", dataset.id.substr(0, 64)},
                      {"version", version_},
                      {"schemaVersion", "1.0.0"},
                      {"entries", std::move(entries)}};
    return sink_.put("objects/datasets/" + dataset.id + ".json", dump(out)) ? Outcome::done
                                                                            : Outcome::refused;
}

Outcome Conversions::write(const Catalogue& catalogue, Workshop& shop) {
    const Json manifest = manifest_of(shop.package, sources_.ruleset_of(shop.package), version_);
    if (!sink_.begin() || !sink_.put("szpack.json", dump(manifest))) return Outcome::refused;
    std::uint64_t done = 0;
    for (const Dataset& dataset : catalogue.datasets()) {
        const Outcome outcome = write_dataset(dataset, catalogue, shop, done);
        if (outcome != Outcome::done) return outcome;
    }
    return Outcome::done;
}

Outcome Conversions::convert(const Package& package) {
    const Catalogue catalogue(package, faults_);
    std::optional<Catalogue> ruleset;
    Faults unheard([](const Fault&) {});  // its own import says them
    if (const Package* of = sources_.ruleset_of(package)) {
        ruleset.emplace(*of, unheard);
    } else if (!package.ruleset.empty()) {
        package.report(faults_, Severity::note, "SZ-DATASWORN-013", "/ruleset",
                       "The ruleset \"" + package.ruleset +
                           "\" is not at hand, so links into it were taken on trust.",
                       "Put " + package.ruleset +
                           ".json beside this file to have them looked up; import the ruleset "
                           "first in either case.");
    }
    Links links(catalogue, ruleset ? &*ruleset : nullptr, version_);
    Tally tally;
    Workshop shop{package, links, tally, faults_};
    count_manifest(package, tally);
    for (const Catalogue::Stray& stray : catalogue.strays())
        tally.leave_out(stray.what, stray.why, stray.values);
    if (const Outcome outcome = write(catalogue, shop); outcome != Outcome::done) return outcome;
    report_unknown(shop);
    links.report(faults_);

    std::uint64_t left_out = 0;
    for (const auto& [what, count] : tally.left_out) {
        left_out += count;
        account_.tally.left_out[what] += count;
    }
    const std::uint64_t values = count_values(package.root);
    if (values != tally.values + left_out || tally.entries != catalogue.size()) {
        package.report(faults_, Severity::error, "SZ-DATASWORN-020", "",
                       std::to_string(values) + " values were read, but " +
                           std::to_string(tally.values + left_out) + " are accounted for.",
                       "This is a defect of the importer; please report it.");
        return Outcome::miscounted;
    }
    account_.values += values;
    account_.tally.values += tally.values;
    account_.tally.entries += tally.entries;
    account_.tally.parts += tally.parts;
    account_.links += links.kept();
    account_.links_left += links.left();
    return Outcome::done;
}

std::string account_of(const Account& account) {
    Json left = Json::array();
    for (const auto& [what, count] : account.tally.left_out)
        left.push_back({{"what", what.first}, {"why", what.second}, {"count", count}});
    return Json{{"read", account.tally.entries + account.tally.parts},
                {"written", account.tally.entries},
                {"parts", account.tally.parts},
                {"values", {{"read", account.values}, {"written", account.tally.values}}},
                {"links", {{"kept", account.links}, {"left_as_text", account.links_left}}},
                {"left_out", std::move(left)}}
        .dump();
}

}  // namespace

Conversion convert(const std::filesystem::path& source, const std::string& version,
                   const Sink& sink, const Tick& tick, Faults& faults) {
    Sources sources;
    switch (sources.read(source, tick, faults)) {
        case Sources::Outcome::cancelled: return {Outcome::cancelled, {}};
        case Sources::Outcome::unreadable: return {Outcome::unreadable, {}};
        case Sources::Outcome::too_large: return {Outcome::too_large, {}};
        case Sources::Outcome::done: break;
    }
    if (faults.failed()) return {Outcome::invalid, {}};
    Conversions conversions(sources, version, sink, tick, faults);
    for (const Package& package : sources.packages()) {
        const Outcome outcome = conversions.convert(package);
        if (outcome != Outcome::done) return {outcome, {}};
    }
    return {Outcome::done, account_of(conversions.account())};
}

}  // namespace datasworn
