// SPDX-License-Identifier: AGPL-3.0-or-later
// Values of fixtures as typed fields of the pack: which type a value has, and its text.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "catalogue.hpp"
#include "plans.hpp"

namespace open5e {

enum class FieldType { number, boolean, text, markdown, link, links, texts, numbers, group };

struct PackKey {
    std::string id;
    std::string version;
};

// Appends members and items with their commas, so that nobody has to count them.
class JsonOut {
  public:
    // Before a member or an item: a comma if something stands before it.
    void next() {
        if (const char last = text.back(); last != '{' && last != '[' && last != ':') text += ',';
    }
    void key(std::string_view name) {
        next();
        append_string(text, name);
        text += ':';
    }
    void member(std::string_view name, std::string_view value) {
        key(name);
        append_string(text, value);
    }
    void open(char bracket) {
        if (!text.empty()) next();
        text += bracket;
    }
    void close(char bracket) { text += bracket; }

    std::string text;
};

class FieldWriter {
  public:
    FieldWriter(const Fixtures& fixtures, const Catalogue& catalogue, PackKey pack, Faults& faults)
        : fixtures_(fixtures), catalogue_(catalogue), pack_(std::move(pack)), faults_(faults) {}

    // The type that a value has by its plan. A value that does not fit the plan is typed by what it
    // is, and reported.
    [[nodiscard]] FieldType type_of(const FieldPlan& plan, const Value& value,
                                    const Record& record);

    // The type that can hold values of both.
    [[nodiscard]] static FieldType wider(FieldType a, FieldType b);

    // {"type":…,"value":…} with what the type needs beside.
    void field(JsonOut& out, const FieldPlan& plan, const Value& value, const Record& record);

    // {"id":…,"name":…,"type":…} of a column.
    void column(JsonOut& out, const FieldPlan& plan, FieldType type,
                std::string_view target_family);

    // The value alone. A link is written in full unless `short_link`: then the definition beside it
    // says the rest.
    void value(JsonOut& out, const FieldPlan& plan, FieldType type, const Value& value,
               const Record& record, bool short_link);

    void entry_link(JsonOut& out, const Node& entry) const;
    void dataset_link(JsonOut& out, std::string_view family) const;

    // One note for each field with references to what is not in the folder.
    void report_unresolved() const;

    [[nodiscard]] const PackKey& pack() const { return pack_; }

  private:
    struct Unresolved {
        std::string example;
        std::uint64_t count = 0;
    };
    void misfit(const FieldPlan& plan, const Record& record, std::string_view wanted);
    [[nodiscard]] const Node* target(const FieldPlan& plan, std::string_view key,
                                     const Record& record) const;
    [[nodiscard]] FieldType type_of_plain(const FieldPlan& plan, const Value& value) const;
    // An object, which only fields that the mapping does not know have: a Group with definitions
    // made from its members.
    void group(JsonOut& out, const FieldPlan& plan, const Value::Object& members) const;

    const Fixtures& fixtures_;
    const Catalogue& catalogue_;
    PackKey pack_;
    Faults& faults_;
    // By family and field.
    std::map<std::pair<std::string_view, std::string_view>, Unresolved> unresolved_;
};

[[nodiscard]] std::string_view name_of(FieldType type);

}  // namespace open5e
