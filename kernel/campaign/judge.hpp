// SPDX-License-Identifier: AGPL-3.0-or-later
// The host's decision about one action: permitted or not, and what it does. All or nothing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/campaign/action.hpp"
#include "kernel/campaign/state.hpp"
#include "kernel/content/library.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

// A later change that an undo would trample on.
struct Collision {
    EventIndex event = 0;
    UnixMs at = 0;
    std::string author;
    Record record;
};

// What an undo needs of the ledger (undo.hpp gathers it), or a restore: the event after which the
// state was as it becomes again.
struct UndoMaterial {
    EventIndex event = 0;
    EventIndex undoes = 0;               // the event that it took back itself; 0: it was no undo
    std::vector<SeenRecord> records;     // what the event did
    bool is_undone = false;              // somebody took it back already
    std::optional<Collision> collision;  // a later change that does not commute
    // The state to go back to; null when the event's inverses say all.
    std::shared_ptr<const State> then;
};

struct Decision {
    std::vector<WrittenRecord> records;
    std::vector<std::string> instances;  // changed, each once
    std::string kind = "act";            // "act", "new", "removed", "undo", "restore", "upgrade"
    // The new value for each operation; null when it is not about a field.
    std::vector<Json> values;
};

class Extent;

class Judge {
  public:
    struct Services {
        const FieldTypes& fields;
        const Templates& templates;
        // The author behind a stream's tag.
        std::function<std::string(const std::string& who)> author_of;
    };

    Judge(State& state, const Services& services, const Action& action, EventPlace place);

    // On success the state has changed; on failure it is as it was, and the error is the refusal:
    // SZ-CAMPAIGN-004 no such instance, 005 no such field, 020 conflict (refusal.hpp adds the
    // values), 021 not permitted, 022 no such operation, 024 too large, 025 the field type
    // misbehaved, 027 already undone, 028 cannot be undone, 029 the event would be too large, 094 a
    // redo of what is no undo, 095 there is nothing to restore, 099 a restore that does not come
    // out, or what the field type said. What it allows, Fold takes (fold.hpp). [kernel-thread]
    [[nodiscard]] Result<Decision> decide(const UndoMaterial* undo);

  private:
    [[nodiscard]] Status decide_all(const UndoMaterial* undo);
    [[nodiscard]] Status one(const Operation& operation, std::size_t number);
    [[nodiscard]] Status field_operation(const Operation& operation, std::size_t number);
    [[nodiscard]] std::optional<Json> definition_to_change(const Instance& instance,
                                                           const std::string& path) const;
    [[nodiscard]] Status system_operation(const Operation& operation, std::size_t number);
    [[nodiscard]] Status create(const Operation& operation);
    [[nodiscard]] Result<Instance> blueprint(const Json& wanted, Instance draft) const;
    [[nodiscard]] std::string numbered(const std::string& name) const;
    [[nodiscard]] Status rename(const Instance& instance, const Operation& operation,
                                std::size_t number);
    [[nodiscard]] Status set_removed(const Instance& instance, bool removed);
    [[nodiscard]] Status set_member(const Instance& instance, const Operation& operation);
    [[nodiscard]] Status upgrade(const Instance& instance, const Operation& operation);
    [[nodiscard]] Status set_visibility(const Instance& instance, const Operation& operation);
    [[nodiscard]] Status set_editability(const Instance& instance, const Operation& operation);
    [[nodiscard]] Status check_rule(const Instance& instance, const Operation& operation,
                                    const char* key) const;
    [[nodiscard]] Status undo_event(const UndoMaterial& material);
    [[nodiscard]] Status restore_moment(const UndoMaterial& material);
    [[nodiscard]] Status undo_restore(const UndoMaterial& material);
    [[nodiscard]] Status go_back_to(const State& then, const Extent& extent);
    [[nodiscard]] bool may_see(const UndoMaterial& material) const;
    [[nodiscard]] Status check_bootstrap() const;
    [[nodiscard]] Status check_outcome() const;
    [[nodiscard]] Result<const Instance*> visible_instance(const Operation& operation) const;
    [[nodiscard]] Status record(const Audience& audience, const Record& record);

    State& state_;
    const Services& services_;
    const Action& action_;
    EventPlace place_;
    Viewer author_;
    Decision decision_;
    std::size_t effects_bytes_ = 0;
};

}  // namespace sz::campaign
