// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fixtures.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace open5e {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

// Tells how far the parser has read: its events carry no positions of their own.
class CountingIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** read) : at_(at), read_(read) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        *read_ = ++at_;
        return *this;
    }
    CountingIterator operator++(int) {
        auto before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

  private:
    const char* at_;
    const char** read_;
};

}  // namespace

// Builds values from the events of the JSON library's parser, with the checks that it does not make
// itself.
class FixtureSax {
  public:
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    FixtureSax(Fixtures& fixtures, std::string_view text, const std::function<bool()>& go_on)
        : fixtures_(fixtures), go_on_(go_on), text_(text), read_(text.data()) {}

    bool parse() {
        return Json::sax_parse(CountingIterator(text_.data(), &read_),
                               CountingIterator(text_.data() + text_.size(), &read_), this);
    }

    bool null() { return add(Value()); }
    bool boolean(bool value) { return add(Value(value)); }
    bool number_integer(number_integer_t value) {
        return add(Value(Value::Number{std::to_string(value)}));
    }
    bool number_unsigned(number_unsigned_t value) {
        return add(Value(Value::Number{std::to_string(value)}));
    }
    bool number_float(number_float_t, const string_t& text) {
        return add(Value(Value::Number{text}));
    }
    bool binary(binary_t&) { return false; }  // occurs in binary formats only
    bool string(string_t& value) {
        if (value.size() > limits::string_bytes_max)
            return stop("SZ-OPEN5E-004", "holds a text of more than 1 MiB");
        return add(Value(std::move(value)));
    }
    bool start_object(std::size_t) { return open(Value(Value::Object{})); }
    bool start_array(std::size_t) { return open(Value(Value::List{})); }
    bool end_array() { return close(); }
    bool end_object() { return unique_names(*open_.back().object()) && close(); }
    bool key(string_t& name) {
        names_.push_back(fixtures_.intern(name));
        return true;
    }
    template <class Exception>
    bool parse_error(std::size_t offset, const std::string& token, const Exception&) {
        offset_ = offset == 0 ? 0 : offset - 1;
        code_ = "SZ-OPEN5E-002";
        // The parser's own words are for developers; what it stumbled over helps a person to find
        // the place.
        problem_ = token.empty()
                       ? "is not valid JSON"
                       : "is not valid JSON: '" + printable(token) + "' does not fit here";
        return false;
    }

    Value root;
    std::vector<std::uint32_t> begins;  // where the search for each item of the root begins
    [[nodiscard]] std::string_view code() const { return code_; }
    [[nodiscard]] const std::string& problem() const { return problem_; }
    [[nodiscard]] std::optional<std::size_t> offset() const { return offset_; }
    [[nodiscard]] bool cancelled() const { return cancelled_; }
    // The pointer of the value that was being read.
    [[nodiscard]] std::string pointer() const {
        std::string out;
        std::size_t name = 0;
        for (std::size_t i = 0; i < open_.size(); ++i) {
            if (const auto* items = open_[i].list()) {
                out += '/' + std::to_string(items->size());
            } else if (name < names_.size()) {
                out += '/';
                for (const char c : names_[name++])
                    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
            }
        }
        return out;
    }

  private:
    [[nodiscard]] std::uint32_t position() const {
        return static_cast<std::uint32_t>(read_ - text_.data());
    }
    static std::string printable(std::string_view token) {
        std::string out;
        for (const char c : token.substr(token.size() > 30 ? token.size() - 30 : 0))
            out += c >= 0x20 && c < 0x7f ? c : '?';
        return out;
    }
    bool stop(std::string_view code, std::string problem) {
        code_ = code;
        problem_ = std::move(problem);
        return false;
    }
    bool add(Value value) {
        if ((++events_ & 0xfff) == 0 && !go_on_()) {
            cancelled_ = true;
            return false;
        }
        if (++fixtures_.values_ > limits::values_max)
            return stop("SZ-OPEN5E-004",
                        "holds, with the files before it, more than 4,000,000 values");
        if (open_.size() == 1) {
            begins.push_back(next_begin_);
            next_begin_ = position();
        }
        if (open_.empty()) {
            root = std::move(value);
        } else if (auto* items = open_.back().list()) {
            items->push_back(std::move(value));
        } else {
            open_.back().object()->push_back({names_.back(), std::move(value)});
            names_.pop_back();
        }
        return true;
    }
    bool open(Value container) {
        if (open_.size() >= limits::depth_max)
            return stop("SZ-OPEN5E-004", "is nested more than 32 levels deep");
        if (open_.empty()) next_begin_ = position();
        open_.push_back(std::move(container));
        return true;
    }
    bool close() {
        Value done = std::move(open_.back());
        open_.pop_back();
        return add(std::move(done));
    }
    bool unique_names(const Value::Object& members) {
        sorted_.clear();
        for (const Member& member : members)
            sorted_.push_back(member.name.data());  // interned: same name, same address
        std::sort(sorted_.begin(), sorted_.end(), std::less<>());
        const auto twice = std::adjacent_find(sorted_.begin(), sorted_.end());
        if (twice == sorted_.end()) return true;
        return stop("SZ-OPEN5E-003",
                    "has the key \"" + printable(*twice) + "\" twice in one object");
    }

    Fixtures& fixtures_;
    const std::function<bool()>& go_on_;
    std::string_view text_;
    const char* read_;  // behind the last byte that the parser has taken
    std::uint32_t next_begin_ = 0;
    std::vector<Value> open_;
    std::vector<std::string_view> names_;  // of the members being read, outermost first
    std::vector<const char*> sorted_;
    std::string_view code_;
    std::string problem_;
    std::optional<std::size_t> offset_;
    std::size_t events_ = 0;
    bool cancelled_ = false;
};

std::string_view Fixtures::intern(std::string_view name) { return *names_.emplace(name).first; }

bool Fixtures::list(const fs::path& folder, std::vector<fs::path>& paths, Faults& faults) {
    std::error_code failed;
    std::vector<std::string> ignored;
    fs::directory_iterator at(folder, failed);
    while (!failed && at != fs::directory_iterator()) {
        // Links are not followed: they could lead out of the folder, or into a pipe.
        std::error_code unknown;
        const bool is_file = fs::is_regular_file(at->symlink_status(unknown));
        const bool fixture = is_file && at->path().extension() == ".json";
        if (fixture) paths.push_back(at->path());
        if (!fixture && at->path().filename().string().front() != '.')
            ignored.push_back(at->path().filename().string());
        at.increment(failed);
    }
    if (failed) {
        faults.add({Severity::error,
                    "SZ-OPEN5E-001",
                    folder.filename().string(),
                    "",
                    {},
                    "The folder cannot be read.",
                    "Check that the folder is there and that you may open it."});
        return false;
    }
    std::sort(paths.begin(), paths.end());
    std::sort(ignored.begin(), ignored.end());
    for (const std::string& name : ignored) {
        faults.add({Severity::note,
                    "SZ-OPEN5E-014",
                    name,
                    "",
                    {},
                    "This file was not read: it is no fixture.",
                    "Records stand in files whose names end in .json; links are not followed."});
    }
    if (paths.empty() || paths.size() > limits::files_max) {
        faults.add(
            {Severity::error,
             "SZ-OPEN5E-001",
             folder.filename().string(),
             "",
             {},
             paths.empty() ? "The folder holds no .json file."
                           : "The folder holds more than 1,000 .json files.",
             "Choose the folder of one document, such as data/v2/PUBLISHER/DOCUMENT of Open5e."});
        return false;
    }
    return true;
}

Fixtures::Outcome Fixtures::load(const fs::path& path, Faults& faults) {
    FixtureFile file{path.filename().string(), {}, 0, {}};
    std::error_code failed;
    const bool is_file = fs::is_regular_file(fs::symlink_status(path, failed));
    const auto bytes = is_file ? fs::file_size(path, failed) : 0;
    std::ifstream in;
    if (is_file) in.open(path, std::ios::binary);
    if (!failed && is_file && in && bytes <= limits::file_bytes_max &&
        total_bytes_ + bytes <= limits::total_bytes_max) {
        file.text.resize(static_cast<std::size_t>(bytes));
        in.read(file.text.data(), static_cast<std::streamsize>(bytes));
        file.text.resize(static_cast<std::size_t>(in.gcount()));
        total_bytes_ += file.text.size();
        files_.push_back(std::move(file));
        return Outcome::done;
    }
    const bool large = !failed && is_file && in;
    faults.add(
        {Severity::error,
         large ? std::string_view("SZ-OPEN5E-004") : std::string_view("SZ-OPEN5E-001"),
         file.name,
         "",
         {},
         large ? "The file is too large: more than 64 MiB, or more than 256 MiB with the others."
               : "The file cannot be read.",
         large ? "Split it, or import fewer documents at once." : "Check that you may open it."});
    return large ? Outcome::too_large : Outcome::unreadable;
}

bool Fixtures::parse(std::uint32_t number, const std::function<bool()>& go_on, Faults& faults) {
    FixtureFile& file = files_[number];
    FixtureSax sax(*this, file.text, go_on);
    if (!sax.parse()) {
        if (sax.cancelled()) return false;
        const std::string pointer = sax.pointer();
        faults.add({Severity::error, sax.code(), file.name, pointer,
                    sax.offset() ? place_of_byte(file.text, *sax.offset())
                                 : place_of_pointer(file.text, pointer),
                    "The file " + sax.problem() + ".",
                    "Mend the file at this place and import again."});
        return true;
    }
    auto* items = sax.root.list();
    if (items == nullptr) {
        faults.add({Severity::error,
                    "SZ-OPEN5E-005",
                    file.name,
                    "",
                    {1, 1},
                    "The file is not an array of records.",
                    "A fixture is [{\"model\": …, \"pk\": …, \"fields\": {…}}, …]."});
        return true;
    }
    file.records = items->size();
    file.begins = std::move(sax.begins);
    for (std::size_t i = 0; i < items->size(); ++i)
        take_record(number, static_cast<std::uint32_t>(i), (*items)[i], faults);
    return true;
}

void Fixtures::take_record(std::uint32_t file, std::uint32_t index, Value& value, Faults& faults) {
    Record record;
    record.file = file;
    record.index = index;
    Value::Object* fields = nullptr;
    if (auto* object = value.object()) {
        for (Member& member : *object) {
            if (member.name == "model" && member.value.text() != nullptr)
                record.model = intern(*member.value.text());
            if (member.name == "fields") fields = member.value.object();
            if (member.name != "pk") continue;
            if (const auto* text = member.value.text()) record.pk = *text;
            if (const auto* digits = member.value.number()) record.pk = *digits;
        }
    }
    if (record.model.empty() || record.pk.empty() || fields == nullptr) {
        report(faults, Severity::error, "SZ-OPEN5E-005", record, "",
               "This is not a record: it needs \"model\" (text), \"pk\" (text or number) and "
               "\"fields\" (an object).",
               "Complete the record or take it out.");
        return;
    }
    record.family = record.model.substr(record.model.rfind('.') + 1);
    record.fields = std::move(*fields);
    records_.push_back(std::move(record));
}

Fixtures::Outcome Fixtures::read(const fs::path& folder, const Tick& tick, Faults& faults) {
    std::vector<fs::path> paths;
    if (!list(folder, paths, faults)) return Outcome::unreadable;
    for (const fs::path& path : paths) {
        if (const Outcome loaded = load(path, faults); loaded != Outcome::done) return loaded;
    }
    for (std::uint32_t i = 0; i < files_.size(); ++i) {
        const auto go_on = [&] { return tick(i, 2 * files_.size(), files_[i].name); };
        if (!go_on() || !parse(i, go_on, faults)) return Outcome::cancelled;
    }
    return Outcome::done;
}

Place Fixtures::place_in(const Record& record, std::string_view pointer) const {
    const FixtureFile& file = files_[record.file];
    auto [lines, is_new] = lines_.try_emplace(record.file);
    if (is_new) lines->second = Lines(file.text);
    const std::size_t begin = file.begins[record.index];
    const bool is_last = record.index + 1 == file.begins.size();
    const std::size_t end = is_last ? file.text.size() : file.begins[record.index + 1];
    if (!pointer.empty()) placed_bytes_ += end - begin;
    if (placed_bytes_ > limits::placed_bytes_max) pointer = {};
    return lines->second.place(offset_of_pointer(file.text, begin, pointer));
}

void Fixtures::report(Faults& faults, Severity severity, std::string_view code,
                      const Record& record, std::string_view pointer, std::string message,
                      std::string hint) const {
    const Place place = faults.is_full() ? Place{} : place_in(record, pointer);
    faults.add({severity, code, files_[record.file].name,
                "/" + std::to_string(record.index) + std::string(pointer), place,
                std::move(message), std::move(hint)});
}

}  // namespace open5e
