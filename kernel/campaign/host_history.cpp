// SPDX-License-Identifier: AGPL-3.0-or-later
// How a host keeps moments and goes back to them.
#include <nlohmann/json.hpp>

#include "kernel/base/log.hpp"
#include "kernel/campaign/host.hpp"
#include "kernel/campaign/permission.hpp"

namespace sz::campaign {

// The moment before a restore is kept, so that it is soon reached again. Nobody else makes the host
// read and write that much: they are refused before.
void Host::prepare_restore(Item item, EventIndex event) {
    if (!is_game_master(memory_.state, item.action.author)) {
        const UndoMaterial nothing{event, 0, {}, false, {}, nullptr};
        return decide(item, &nothing);
    }
    waits_ = true;
    const auto look_up = [event, at = memory_.at](Ledger& ledger) -> Result<UndoMaterial> {
        UndoMaterial material;
        material.event = event;
        SZ_ASSIGN(material.then, state_after(ledger, event));
        const auto kept = make_snapshot(ledger, SnapshotKind::restore, "", at);
        if (!kept) log::warning("campaign", kept.error().code + " " + kept.error().message);
        return material;
    };
    read<UndoMaterial>(look_up, [self = shared_from_this(),
                                 item = std::move(item)](const Result<UndoMaterial>& material) {
        if (!material) return self->resume(item, material.error());
        self->memory_.snapshot_event = self->memory_.events;
        self->memory_.snapshot_at = self->memory_.at;
        self->waits_ = false;
        self->decide(item, &*material);
        self->pump();
    });
}

void Host::snapshot(SnapshotKind kind, const std::string& note,
                    std::function<void(Result<Snapshot>)> done) {
    const UnixMs now = services_.sources.now_ms();
    read<Snapshot>(
        [kind, note, now](Ledger& ledger) { return make_snapshot(ledger, kind, note, now); },
        [self = shared_from_this(), done = std::move(done)](const Result<Snapshot>& made) {
            if (made) {
                self->memory_.snapshot_event = made->event;
                self->memory_.snapshot_at = made->at;
            }
            done(made);
        });
}

// What is on the disk by now is kept; nobody waits for it.
void Host::snapshot_when_due(UnixMs now) {
    EventIndex& last_event = memory_.snapshot_event;
    UnixMs& last_at = memory_.snapshot_at;
    if (last_at == 0) last_at = memory_.at;  // a campaign that has just begun
    const bool is_due =
        memory_.events >= last_event + snapshot_events || now - last_at >= snapshot_ms;
    if (!is_due || memory_.events <= last_event) return;
    last_event = memory_.events;
    last_at = now;
    services_.store.post([side = store_side_, now] {
        if (side->ledger == nullptr) return;
        const auto made = make_snapshot(*side->ledger, SnapshotKind::time, "", now);
        if (!made) log::warning("campaign", made.error().code + " " + made.error().message);
    });
}

}  // namespace sz::campaign
