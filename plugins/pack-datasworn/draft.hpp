// SPDX-License-Identifier: AGPL-3.0-or-later
// An entry while it is made: fields by type, and every link that its texts hold.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "links.hpp"
#include "members.hpp"

namespace datasworn {

// What all entries of a pack share.
struct Workshop {
    const Package& package;
    Links& links;
    Tally& tally;
    Faults& faults;
    // Members that no mapping knows, by kind of entry and key; reported at the end.
    std::map<std::pair<std::string, std::string>, std::uint64_t> unknown{};
};

// Whether a text's links stay links. Plain words are for one line, and for what nobody reads as
// Markdown; where their links lead, the entry's list of links says.
enum class As { markdown, words };

struct Column {
    const char* id;
    const char* name;
    const char* type;  // "Links": a List of links
};

class Draft {
  public:
    Draft(Workshop& shop, const Node& node) : shop_(shop), node_(node) {}

    // Fields into `to`: the member of that key, if it is there. A value of another type than the
    // field's is carried by its own, with a warning.
    void words(Json& to, Members& from, std::string_view key, std::string_view name);
    void markdown(Json& to, Members& from, std::string_view key, std::string_view name);
    void number(Json& to, Members& from, std::string_view key, std::string_view name);
    void flag(Json& to, Members& from, std::string_view key, std::string_view name);
    void list(Json& to, Members& from, std::string_view key, std::string_view name);
    // An id or a list of them, patterns too. What leads to nothing stays as text beside.
    void links(Json& to, Members& from, std::string_view key, std::string_view name);
    // Whatever it is, by its JSON type.
    void carry(Json& to, std::string_view key, const Json& value, std::string_view pointer);

    // Fields that are made of more than one member.
    void put(Json& to, std::string_view id, std::string_view name, std::string_view type,
             Json value);
    void put_list(Json& to, std::string_view id, std::string_view name, std::string_view type,
                  std::vector<std::string> items);
    void put_links(Json& to, std::string_view id, std::string_view name,
                   const std::vector<Target>& targets);
    void put_table(Json& to, std::string_view id, std::string_view name,
                   std::initializer_list<Column> columns, Json rows);

    // Warns that something was too long for its field.
    void cut(std::string message);

    // Text for people, of any number of lines.
    [[nodiscard]] std::string text(const Json& value, std::string_view pointer,
                                   As as = As::markdown);
    // A value of any type in words: "stat: edge, label: x".
    [[nodiscard]] std::string in_words(const Json& value, std::string_view pointer,
                                       As as = As::markdown);
    // All that nobody has taken, in words; what is never of use is left out.
    [[nodiscard]] std::string rest_in_words(Members& from, As as = As::markdown);
    // The first link in texts since watch_links().
    void watch_links() { first_.reset(); }
    [[nodiscard]] const std::optional<Target>& first_link() const { return first_; }
    // Notes a link without a field of its own.
    void note(const Target& target);
    // For ids (or patterns) in `value`: where they lead; the names of those that lead nowhere go
    // to `nowhere`.
    [[nodiscard]] std::vector<Target> targets(const Json& value, std::string_view pointer,
                                              std::vector<std::string>& nowhere);
    [[nodiscard]] Json links_of(const std::vector<Target>& targets) const;

    // Icons, images, hints for translators, comments, and what only says what an object is.
    void leave_usual(Members& from);
    // The same, then every member that is left becomes a field. `kind`: for the note about it.
    void rest(Json& to, Members& from, std::string_view kind);

    void group(std::string id, std::string name, Json fields);
    void describe(std::string text) { description_ = std::move(text); }
    [[nodiscard]] bool is_described() const { return !description_.empty(); }
    void tag(std::string word);

    [[nodiscard]] Json& fields() { return fields_; }
    [[nodiscard]] Workshop& shop() { return shop_; }
    [[nodiscard]] const Node& node() const { return node_; }
    [[nodiscard]] Json finish();

  private:
    [[nodiscard]] bool is_self(const Target& target) const;
    void misfit(std::string_view pointer, std::string_view wanted);

    Workshop& shop_;
    const Node& node_;
    std::string description_;
    Json tags_ = Json::array();
    Json fields_ = Json::object();
    Json groups_ = Json::array();
    std::vector<Target> noted_;
    std::set<std::string> noted_keys_;
    std::optional<Target> first_;
};

}  // namespace datasworn
