// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pack.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "datasets.hpp"
#include "templates.hpp"
#include "words.hpp"

namespace open5e {
namespace {

std::string text_of(const Record* record, std::string_view field) {
    const Value* value = record == nullptr ? nullptr : find(record->fields, field);
    return value != nullptr && value->text() != nullptr ? *value->text() : std::string{};
}

// "CC-BY-4.0"; several are joined as SPDX does.
std::string licence_of(const Record* document) {
    std::string out;
    const Value* value = document == nullptr ? nullptr : find(document->fields, "licenses");
    if (value == nullptr || value->list() == nullptr) return "LicenseRef-unknown";
    for (const Value& item : *value->list()) {
        if (item.text() == nullptr) continue;
        const std::string_view known = spdx_of(*item.text());
        if (!out.empty()) out += " AND ";
        out += known.empty() ? "LicenseRef-" + slug(*item.text()) : std::string(known);
    }
    return out.empty() ? "LicenseRef-unknown" : out;
}

// "2024-01-01T00:00:00" says no zone: fixtures mean UTC. Anything that is no date is left out.
std::string date_of(const Record* document) {
    std::string date = text_of(document, "publication_date");
    const auto digits = [&date](std::size_t from, std::size_t count) {
        return date.substr(from, count).find_first_not_of("0123456789") == std::string::npos;
    };
    if (date.size() < 10 || date[4] != '-' || date[7] != '-' || !digits(0, 4) || !digits(5, 2) ||
        !digits(8, 2))
        return {};
    return date.substr(0, 10) + "T00:00:00Z";
}

std::string manifest(const Catalogue& catalogue, const PackKey& pack) {
    const Record* document =
        catalogue.documents().empty() ? nullptr : catalogue.documents().front();
    const std::string title = text_of(document, "name");
    const std::string author = text_of(document, "author");
    const std::string licence = licence_of(document);
    const std::string link = text_of(document, "permalink");
    const std::string name(
        shortened(title.empty() ? title_case(slug(catalogue.document())) : title, 200));

    JsonOut out;
    out.open('{');
    out.member("id", pack.id);
    out.member("name", name);
    out.member("version", pack.version);
    if (!author.empty()) out.member("author", shortened(author, 200));
    out.member("license", shortened(licence, 200));
    std::string description = text_of(document, "desc");
    if (!description.empty()) description += "\n\n";
    description += "“" + name + "”" + (author.empty() ? "" : " by " + author) +
                   ", licensed under " + licence + (link.empty() ? "" : ", from <" + link + ">") +
                   ". Converted to a datapack from the Open5e fixtures of the document “" +
                   catalogue.document() +
                   "”; the words are unchanged, the arrangement is SessionZero’s.";
    out.member("description", description);
    if (link.starts_with("https://") && link.size() <= 2000) out.member("homepage", link);
    if (const std::string date = date_of(document); !date.empty()) out.member("createdAt", date);
    out.member("sessionZeroVersion", "1.0.0");
    out.key("dependencies");
    out.text += "[]}\n";
    return std::move(out.text);
}

std::string account_of(const Catalogue& catalogue, std::uint64_t read, std::uint64_t written,
                       std::uint64_t parts) {
    JsonOut out;
    out.open('{');
    out.key("read");
    out.text += std::to_string(read);
    out.key("written");
    out.text += std::to_string(written);
    out.key("parts");
    out.text += std::to_string(parts);
    out.key("left_out");
    out.open('[');
    for (const auto& [reason, count] : catalogue.left_out()) {
        out.open('{');
        out.member("what", reason.first);
        out.member("why", reason.second);
        out.key("count");
        out.text += std::to_string(count);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return std::move(out.text);
}

void report_document(const Catalogue& catalogue, Faults& faults) {
    if (catalogue.documents().empty()) {
        faults.add({Severity::warning,
                    "SZ-OPEN5E-006",
                    "Document.json",
                    "",
                    {},
                    "There is no record of the document, so the pack's name, author and licence "
                    "are not known.",
                    "Put the document's Document.json into the folder."});
    } else if (catalogue.documents().size() > 1) {
        faults.add({Severity::warning,
                    "SZ-OPEN5E-006",
                    "Document.json",
                    "",
                    {},
                    "The folder holds " + std::to_string(catalogue.documents().size()) +
                        " documents; the pack is named after the first, \"" + catalogue.document() +
                        "\".",
                    "Import one document at a time to get a pack of each."});
    }
}

// Writes all files. Entries are counted as they are written: the account must not rest on what was
// meant to be written.
Outcome write_files(const Fixtures& fixtures, const Catalogue& catalogue, FieldWriter& fields,
                    const PutFile& put, const Tick& tick, Faults& faults, std::uint64_t& written) {
    if (!put("szpack.json", manifest(catalogue, fields.pack()))) return Outcome::refused;
    for (const TemplateFile& file : templates_of(catalogue, fields)) {
        if (!put(file.path, file.content)) return Outcome::refused;
    }
    DatasetWriter writer(fixtures, catalogue, fields);
    const std::uint64_t steps = catalogue.datasets().size();
    std::uint64_t step = 0;
    for (const Dataset& dataset : catalogue.datasets()) {
        const auto go_on = [&] { return tick(steps + step, 2 * steps, dataset.title); };
        std::string content;
        if (!go_on() || !writer.write(dataset, go_on, content)) return Outcome::cancelled;
        if (!put("objects/datasets/" + dataset.id + ".json", content)) return Outcome::refused;
        written += dataset.entries.size();
        ++step;
    }
    writer.report_cut(faults);
    writer.report_unknown(faults);
    fields.report_unresolved();
    return Outcome::done;
}

}  // namespace

std::string pack_id_of(std::string_view document) {
    const boost::uuids::name_generator_sha1 generator(boost::uuids::ns::url());
    return boost::uuids::to_string(
        generator("https://api.open5e.com/v2/documents/" + std::string(document)));
}

Conversion convert(const std::filesystem::path& folder, const std::string& version,
                   const PutFile& put, const Tick& tick, Faults& faults) {
    Fixtures fixtures;
    switch (fixtures.read(folder, tick, faults)) {
        case Fixtures::Outcome::cancelled: return {Outcome::cancelled, {}};
        case Fixtures::Outcome::unreadable: return {Outcome::unreadable, {}};
        case Fixtures::Outcome::too_large: return {Outcome::too_large, {}};
        case Fixtures::Outcome::done: break;
    }
    if (faults.failed()) return {Outcome::invalid, {}};
    const Catalogue catalogue(fixtures, tick, faults);
    if (catalogue.is_cancelled()) return {Outcome::cancelled, {}};
    if (catalogue.document().empty()) {
        faults.add({Severity::error,
                    "SZ-OPEN5E-006",
                    folder.filename().string(),
                    "",
                    {},
                    "No record names the document that it comes from.",
                    "Put the document's Document.json into the folder."});
        return {Outcome::invalid, {}};
    }
    report_document(catalogue, faults);

    FieldWriter fields(fixtures, catalogue, {pack_id_of(catalogue.document()), version}, faults);
    std::uint64_t written = 0;
    const Outcome outcome = write_files(fixtures, catalogue, fields, put, tick, faults, written);
    if (outcome != Outcome::done) return {outcome, {}};

    std::uint64_t read = 0;
    for (const FixtureFile& file : fixtures.files()) read += file.records;
    const std::uint64_t parts =
        catalogue.count(Node::Fate::part) + catalogue.count(Node::Fate::variant);
    std::uint64_t left_out = 0;
    for (const auto& [reason, count] : catalogue.left_out()) left_out += count;
    if (read != written + parts + left_out) {
        faults.add({Severity::error,
                    "SZ-OPEN5E-015",
                    "",
                    "",
                    {},
                    std::to_string(read) + " records were read, but only " +
                        std::to_string(written + parts + left_out) + " are accounted for.",
                    "This is a defect of the importer; please report it."});
        return {Outcome::miscounted, {}};
    }
    return {Outcome::done, account_of(catalogue, read, written, parts)};
}

}  // namespace open5e
