// SPDX-License-Identifier: AGPL-3.0-or-later
// The authority over one campaign: takes signed actions, decides, and answers when what it decided
// is on the disk.
//
// All functions run on the kernel thread and never wait: the file is touched on the store thread
// only. Actions are decided in order, in memory; while one transaction is being written the next
// gathers, so that many actions share a synchronisation. When a transaction fails, every caller
// whose action was in it or decided after it gets the error, and the memory goes back to what the
// disk holds.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/base/ids.hpp"
#include "kernel/base/threads.hpp"
#include "kernel/campaign/judge.hpp"
#include "kernel/campaign/ledger.hpp"
#include "kernel/campaign/snapshots.hpp"

namespace sz::campaign {

// An action's place in the ledger, durable.
struct Accepted {
    EventIndex event = 0;
    Digest head{};
    std::string kind;                    // "act", "new", "removed", "undo", "restore", "upgrade"
    std::vector<std::string> instances;  // changed
    // The new value for each operation; null when it is not about a field.
    std::vector<Json> values;
    bool is_repeat = false;  // decided earlier: the stored verdict
};

class Host : public std::enable_shared_from_this<Host> {
  public:
    struct Services {
        const FieldTypes& fields;
        const Templates& templates;
        Executor& kernel;
        Executor& store;
        Sources sources;
        Ledger::Options database;
        std::function<void(const Accepted&)> on_event;  // after each new event is durable
        std::function<bool()> is_over;  // the program ends: `store` takes no more work
        std::function<void(Ledger&)> on_closing = {};  // before the file is closed [store-thread]
    };
    using Reply = std::function<void(Result<Accepted>)>;
    using Opened = std::function<void(Result<std::shared_ptr<Host>>)>;

    // A campaign that is not on the disk until its first action is.
    [[nodiscard]] static std::shared_ptr<Host> begin(const std::filesystem::path& file,
                                                     const std::string& campaign,
                                                     const std::string& host, Services services);
    static void open(const std::filesystem::path& file, Services services, Opened opened);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    // Decides a signed action. SZ-CAMPAIGN-010 to 016 for what is not even an action of this
    // campaign's ledger (no verdict is kept); else the verdict, which is the stored one when this
    // very action was decided before.
    void submit(SignedAction action, Reply reply);

    // Makes, signs and submits an action of the active identity. SZ-IDENTITY-0xx when it cannot
    // sign; SZ-CAMPAIGN-069 when the host's own identity is not in this profile: only the host
    // decides, whoever has a copy of the file.
    void act(Identity& identity, std::vector<Operation> operations, Reply reply);

    // Runs `fn` when everything decided so far is on the disk, or with the reason why it is not.
    void when_durable(std::function<void(Status)> fn);

    // Runs `work` with the ledger on the store thread after everything decided so far is durable,
    // then `done` back here.
    template <class T>
    void read(std::function<Result<T>(Ledger&)> work, std::function<void(Result<T>)> done);

    // Keeps the state as it is when everything decided so far is durable (snapshots.hpp).
    void snapshot(SnapshotKind kind, const std::string& note,
                  std::function<void(Result<Snapshot>)> done);

    // Everything durable and the file closed; then `closed`. Nothing is accepted any more.
    void close(std::function<void()> closed);
    // The same at the end of the program: what was decided is handed to the store thread, and
    // nobody is answered any more.
    void finish();

    [[nodiscard]] const State& state() const noexcept { return memory_.state; }
    [[nodiscard]] const Digest& head() const noexcept { return memory_.head; }
    [[nodiscard]] EventIndex events() const noexcept { return memory_.events; }
    [[nodiscard]] bool is_broken() const noexcept { return is_broken_; }

  private:
    // What lives on the store thread.
    struct StoreSide {
        std::filesystem::path file;
        std::string campaign, host;
        Ledger::Options options;
        std::unique_ptr<Ledger> ledger;
    };
    struct Item {
        SignedAction signed_action;
        Reply reply;
        Action action;
    };
    struct Waiting {
        Result<Accepted> outcome;
        Reply reply;
    };
    struct Gathered {
        Batch batch;
        std::vector<Waiting> waiting;
        std::vector<std::function<void(Status)>> barriers;
        [[nodiscard]] bool is_empty() const { return batch.verdicts.empty() && barriers.empty(); }
    };

    // What was decided about an action that comes again.
    struct EarlierVerdict {
        Verdict verdict;
        Digest head{};                       // after its event
        std::optional<UndoMaterial> undone;  // when it is a refused undo
    };

    Host(std::shared_ptr<StoreSide> store_side, Loaded memory, Services services);

    void pump();
    void admit(Item item);
    [[nodiscard]] Status check_admission(const Item& item) const;
    void answer_repeat(Item item, const Stream& stream);
    void tell_again(const Item& item, const EarlierVerdict& earlier);
    void prepare(Item item);
    void prepare_undo(Item item, EventIndex event);
    void walk_undo(Item item, UndoMaterial material);
    void prepare_restore(Item item, EventIndex event);
    void prepare_from_ledger(Item item);
    void check_seen(Item item, const Digest& seen);
    void snapshot_when_due(UnixMs now);
    void decide(const Item& item, const UndoMaterial* undo);
    void accept(const Item& item, Decision decision, const EventPlace& place);
    void refuse(const Item& item, const Error& refusal, const UndoMaterial* undo);
    void keep_verdict(const Item& item, Verdict verdict, Result<Accepted> outcome);
    void resume(const Item& item, const Error& error);
    [[nodiscard]] Stream& stream_of(const Action& action);
    void begin_own_stream();

    void flush();
    [[nodiscard]] Batch take_batch(Gathered& gathered);
    void finished(Status committed);
    void go_back(Error error);
    void gone_back(Error error, Result<Loaded> loaded);

    std::shared_ptr<StoreSide> store_side_;  // shared with work on the store thread
    Loaded memory_;
    Services services_;
    std::map<std::string, std::string> author_of_tag_;
    std::deque<Item> queue_;
    bool waits_ = false;  // for the store thread, before the next action can be decided
    bool is_broken_ = false, is_closed_ = false, is_finished_ = false;
    Gathered next_, running_;
    bool is_committing_ = false;
    Digest durable_head_{};
    std::string own_stream_;
    std::map<std::string, std::uint64_t> own_seq_;  // by author
};

template <class T>
void Host::read(std::function<Result<T>(Ledger&)> work, std::function<void(Result<T>)> done) {
    when_durable([self = shared_from_this(), work = std::move(work),
                  done = std::move(done)](const Status& durable) {
        if (!durable) return done(fail(durable.error()));
        self->services_.store.post([self, side = self->store_side_, work, done] {
            auto result = side->ledger == nullptr
                              ? Result<T>(fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031",
                                               "The campaign is closed."))
                              : work(*side->ledger);
            self->services_.kernel.post(
                [self, done, result = std::move(result)]() mutable { done(std::move(result)); });
        });
    });
}

}  // namespace sz::campaign
