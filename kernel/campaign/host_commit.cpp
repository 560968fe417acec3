// SPDX-License-Identifier: AGPL-3.0-or-later
// How a host's decisions become durable, and what happens when they do not.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/base/log.hpp"
#include "kernel/campaign/host.hpp"

namespace sz::campaign {

void Host::when_durable(std::function<void(Status)> fn) {
    if (is_broken_)
        return fn(fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031", "The campaign is closed.",
                       "Open it again."));
    if (!next_.batch.verdicts.empty()) {
        next_.barriers.push_back(std::move(fn));
    } else if (is_committing_) {
        running_.barriers.push_back(std::move(fn));
    } else {
        fn({});
    }
}

// What was gathered, with the state that it leads to.
Batch Host::take_batch(Gathered& gathered) {
    Batch batch = std::move(gathered.batch);
    batch.rows = memory_.state.take_rows();
    batch.last = memory_.events;
    batch.head = memory_.head;
    batch.state_hash = memory_.state.hash();
    return batch;
}

void Host::flush() {
    if (is_committing_ || is_broken_ || next_.is_empty()) return;
    is_committing_ = true;
    running_ = std::move(next_);
    next_ = {};
    services_.store.post(
        [self = shared_from_this(), side = store_side_, batch = take_batch(running_)] {
            Status committed;
            if (side->ledger != nullptr) {
                committed = side->ledger->commit(batch);
            } else {
                auto founded =
                    Ledger::found(side->file, side->campaign, side->host, batch, side->options);
                if (founded) {
                    side->ledger = std::move(*founded);
                } else {
                    committed = fail(std::move(founded).error());
                }
            }
            self->services_.kernel.post([self, committed = std::move(committed)]() mutable {
                self->finished(std::move(committed));
            });
        });
}

void Host::finished(Status committed) {
    if (is_finished_) return;
    if (!committed) return go_back(std::move(committed).error());
    is_committing_ = false;
    const Gathered done = std::move(running_);
    running_ = {};
    for (const Waiting& waiting : done.waiting) {
        if (waiting.outcome) durable_head_ = waiting.outcome->head;
    }
    flush();
    snapshot_when_due(memory_.at);
    for (const Waiting& waiting : done.waiting) {
        if (waiting.outcome && services_.on_event) services_.on_event(*waiting.outcome);
        waiting.reply(waiting.outcome);
    }
    for (const auto& barrier : done.barriers) barrier({});
}

// The disk has less than the memory. Read again what it has; nothing is decided meanwhile.
void Host::go_back(Error error) {
    log::error("campaign", "campaign " + memory_.state.campaign() +
                               " could not be saved: " + error.code + " " + error.message);
    waits_ = true;
    services_.store.post([self = shared_from_this(), side = store_side_,
                          error = std::move(error)]() mutable {
        auto loaded = side->ledger == nullptr ? Result<Loaded>(fail(error)) : side->ledger->load();
        self->services_.kernel.post(
            [self, error = std::move(error), loaded = std::move(loaded)]() mutable {
                self->gone_back(std::move(error), std::move(loaded));
            });
    });
}

void Host::gone_back(Error error, Result<Loaded> loaded) {
    if (is_finished_) return;
    std::vector<Gathered> lost;
    lost.push_back(std::move(running_));
    lost.push_back(std::move(next_));
    running_ = {};
    next_ = {};
    is_committing_ = false;
    waits_ = false;
    std::deque<Item> queued = std::move(queue_);
    queue_.clear();
    if (loaded) {
        memory_ = std::move(*loaded);
        durable_head_ = memory_.head;
        // Names that were used are not used again with other bytes, whatever the disk kept of them.
        begin_own_stream();
    } else {
        is_broken_ = true;
    }
    const auto is_durable = [&](const Waiting& waiting) {
        const auto& heads = memory_.recent_heads;
        return !is_broken_ && waiting.outcome &&
               std::find(heads.begin(), heads.end(), waiting.outcome->head) != heads.end();
    };
    for (const Gathered& gathered : lost) {
        for (const Waiting& waiting : gathered.waiting) {
            // A failure may be reported after the last byte was written: then the action stands,
            // and its author is told so.
            const bool stands = is_durable(waiting);
            if (stands && services_.on_event) services_.on_event(*waiting.outcome);
            waiting.reply(stands ? waiting.outcome : Result<Accepted>(fail(error)));
        }
        // What waited was prepared upon a memory that is gone.
        for (const auto& barrier : gathered.barriers) barrier(fail(error));
    }
    for (const Item& item : queued) item.reply(fail(error));
    pump();
}

void Host::close(std::function<void()> closed) {
    is_closed_ = true;
    when_durable([self = shared_from_this(), closed = std::move(closed)](const Status&) {
        self->is_broken_ = true;
        self->services_.store.post([self, side = self->store_side_, closed] {
            if (side->ledger != nullptr && self->services_.on_closing)
                self->services_.on_closing(*side->ledger);
            side->ledger.reset();
            self->services_.kernel.post(closed);
        });
    });
}

void Host::finish() {
    if (store_side_ == nullptr) return;
    is_finished_ = is_broken_ = is_closed_ = true;
    queue_.clear();
    // If the transaction before it fails, the ledger takes this one neither.
    const bool has_more = !next_.batch.verdicts.empty();
    services_.store.post([side = std::move(store_side_), has_more,
                          batch = has_more ? take_batch(next_) : Batch{},
                          on_closing = services_.on_closing] {
        if (side->ledger == nullptr) return;
        if (has_more) {
            if (auto committed = side->ledger->commit(batch); !committed)
                log::error("campaign", committed.error().message);
        }
        if (on_closing) on_closing(*side->ledger);
        side->ledger.reset();
    });
}

}  // namespace sz::campaign
