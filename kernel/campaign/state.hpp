// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign's state: what folding its ledger's effects gives. Needs no plugin.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/campaign/instance.hpp"
#include "kernel/campaign/record.hpp"
#include "kernel/campaign/state_hash.hpp"

namespace sz::campaign {

enum class Role : std::uint8_t { gm, assistant, player, spectator };
[[nodiscard]] const char* role_name(Role role) noexcept;
[[nodiscard]] std::optional<Role> role_from_name(std::string_view name) noexcept;

struct Member {
    std::string name;
    Role role = Role::spectator;
};

// One row of the stored state; no text: it is gone.
struct StateRow {
    std::string key;
    std::optional<std::string> text;
};

class State {
  public:
    State(std::string campaign, std::string host)
        : campaign_(std::move(campaign)), host_(std::move(host)) {}

    // From all stored rows, in any order. SZ-CAMPAIGN-041 when one is damaged.
    [[nodiscard]] static Result<State> from_rows(std::string campaign, std::string host,
                                                 const std::vector<StateRow>& rows);

    [[nodiscard]] const std::string& campaign() const noexcept { return campaign_; }
    [[nodiscard]] const std::string& host() const noexcept { return host_; }

    using Instances = std::map<std::string, Instance, std::less<>>;
    using Members = std::map<std::string, Member, std::less<>>;
    [[nodiscard]] const Instances& instances() const noexcept { return instances_; }
    [[nodiscard]] const Members& members() const noexcept { return members_; }
    [[nodiscard]] const Instance* find(std::string_view id) const;  // removed ones too
    [[nodiscard]] const Instance* find_living(std::string_view id) const;
    [[nodiscard]] const Field* find_field(std::string_view id, std::string_view path) const;
    [[nodiscard]] Viewer viewer(const std::string& client_id) const;
    // The last event that changed anything: every event does.
    [[nodiscard]] EventIndex last_event() const;
    // The event that changed this place last (empty path: the instance itself); 0 for none.
    [[nodiscard]] EventIndex last_change(std::string_view instance, std::string_view path) const;

    // Applies one record; leaves the state as it was when it does not fit. SZ-CAMPAIGN-042 to 044.
    [[nodiscard]] Status apply(const Record& record, const EventPlace& place);

    // Between begin() and keep() or take_back() every change can be taken back.
    void begin();
    void keep();
    void take_back();

    // The rows that changed since the last call.
    [[nodiscard]] std::vector<StateRow> take_rows();
    // Every row there is, for a comparison with what is stored.
    [[nodiscard]] std::map<std::string, std::string> all_rows() const;
    [[nodiscard]] Digest hash();

  private:
    struct SavedField {
        std::string instance, path;
        Field field;
        EventIndex revision;
    };
    struct SavedInstance {
        std::string id;
        std::optional<Instance> instance;
    };
    struct SavedMember {
        std::string id;
        std::optional<Member> member;
    };
    using Saved = std::variant<SavedField, SavedInstance, SavedMember>;

    [[nodiscard]] Status apply_field(const Record& record, const EventPlace& place);
    [[nodiscard]] Status apply_system(const Record& record, const EventPlace& place);
    [[nodiscard]] Status create(const Record& record, const Json& what, const EventPlace& place);
    [[nodiscard]] Status reveal(const Instance& instance, const Json& what,
                                const EventPlace& place);
    [[nodiscard]] Status upgrade(const Instance& instance, const Record& record,
                                 const EventPlace& place);
    [[nodiscard]] Status set_member(const Json& what);
    [[nodiscard]] static Status set_visibility(Instance& instance, const Json& what);
    [[nodiscard]] static Status set_editability(Instance& instance, const Json& what);
    Instance& save(const std::string& id);
    void touch(const std::string& key);
    void touch_whole(const Instance& instance);
    [[nodiscard]] std::optional<std::string> row_text(const std::string& key) const;
    void refresh_hash();

    std::string campaign_, host_;
    Instances instances_;
    Members members_;
    std::vector<Saved> saved_;
    bool saves_ = false;
    std::set<std::string> unstored_, unhashed_;
    StateHash hash_;
};

}  // namespace sz::campaign
