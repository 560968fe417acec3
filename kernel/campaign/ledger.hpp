// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign's file: the ledger, the verdicts, and the state they come to. Used on the store
// thread.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/campaign/event.hpp"
#include "kernel/campaign/state.hpp"
#include "kernel/store/backup.hpp"

namespace sz::campaign {

// The way out of SZ-CAMPAIGN-002, a damaged file.
inline constexpr const char* damaged_hint =
    "The file was left as it is. szctl campaign backups ID lists the copies that can be brought "
    "back; szctl campaign repair FILE -o NEW saves what holds.";

// What was decided about one action: the event it became, or why it was refused.
struct Verdict {
    std::uint64_t stream = 0;  // number of the stream in this file
    std::uint64_t seq = 0;
    EventIndex event = 0;  // 0: refused
    Digest action{};       // action_hash of its bytes
    std::string refusal;   // canonical JSON of the error; empty when accepted
    Digest chain{};        // over this verdict and all before it in the stream
};

// One (author, stream) and how far it has come.
struct Stream {
    std::uint64_t number = 0;
    std::string author, stream;
    std::uint64_t seq = 0;
    Digest chain{};
};

[[nodiscard]] Digest stream_start(std::string_view campaign, std::string_view author,
                                  std::string_view stream);
[[nodiscard]] Digest verdict_chain(const Digest& previous, const Verdict& verdict);

// What one transaction adds.
struct Batch {
    std::vector<Event> events;
    std::vector<Verdict> verdicts;
    std::vector<Stream> streams;  // new ones
    std::vector<StateRow> rows;
    EventIndex last = 0;
    Digest head{};
    Digest state_hash{};
};

// What a campaign needs in memory.
struct Loaded {
    State state;
    EventIndex events = 0;
    UnixMs at = 0;
    Digest head{};
    std::deque<Digest> recent_heads;  // newest last
    std::map<std::pair<std::string, std::string>, Stream> streams;
    bool was_refolded = false;  // the stored state did not belong to the ledger
    // The last snapshot of any kind; before the first one, the beginning.
    EventIndex snapshot_event = 0;
    UnixMs snapshot_at = 0;
};

// What a list shows of a campaign without opening all of it.
struct Summary {
    std::string id, name;
    Json template_link;
    UnixMs created_at = 0;
    EventIndex events = 0;
    std::vector<std::string> characters;  // ids of the living
};

class Ledger {
  public:
    static constexpr std::size_t recent_heads_max = 1024;
    using Options = Database::Options;

    // Makes the file with its first events under another name and renames it: a campaign is there
    // as a whole or not at all. SZ-CAMPAIGN-030 when it cannot be saved.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> found(const std::filesystem::path& file,
                                                               const std::string& campaign,
                                                               const std::string& host,
                                                               const Batch& batch,
                                                               const Options& options = {});
    // Makes a file that holds no event yet, for rows that come from elsewhere: raw() and load().
    // `file` is named after the campaign and does not exist.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> empty(const std::filesystem::path& file,
                                                               const std::string& campaign,
                                                               const std::string& host,
                                                               const Options& options = {});
    // Writes events, verdicts and streams as they are; the state does not belong to them then.
    [[nodiscard]] Status raw(const Batch& batch);
    // Everything is in the file itself, none of it in what SQLite keeps beside it.
    [[nodiscard]] Status checkpoint();
    // SZ-CAMPAIGN-002: the file is damaged; says how, and that nothing was deleted.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& file,
                                                              const Options& options = {});

    // Reads the stored state if it belongs to the ledger's head, else folds the ledger and stores
    // what comes out.
    [[nodiscard]] Result<Loaded> load();

    // All of it durable, or nothing. After a failure nothing more is taken until load(): what comes
    // next was decided upon what was lost. SZ-CAMPAIGN-030.
    [[nodiscard]] Status commit(const Batch& batch);

    [[nodiscard]] Result<std::optional<Verdict>> verdict(std::uint64_t stream, std::uint64_t seq);
    [[nodiscard]] Result<Event> event(EventIndex index);
    // The last event below `before` that changed this place (empty path: the instance itself); 0:
    // none did.
    [[nodiscard]] Result<EventIndex> change_before(std::string_view instance, std::string_view path,
                                                   EventIndex before);
    [[nodiscard]] Result<bool> has_head(const Digest& head);
    // Events below `before`, newest first, at most `count`; false stops.
    [[nodiscard]] Status newest_first(EventIndex before, std::uint64_t count,
                                      const std::function<bool(Event)>& fn);
    // The events behind `after`, in order; false stops.
    [[nodiscard]] Status in_order(const std::function<bool(Event)>& fn, EventIndex after = 0);
    // The last event of that time or before it; 0: none. Looks at few events, however many there
    // are: time never falls.
    [[nodiscard]] Result<EventIndex> last_at(UnixMs at);
    [[nodiscard]] Result<Summary> summary();

    // A copy of the file, at most so many pages at a time, between commits; true when `target` is
    // complete. Another target ends the copy before it; what is not complete goes with the ledger.
    [[nodiscard]] Result<bool> copy_some(const std::filesystem::path& target, int pages);
    void end_copy() { copy_.reset(); }

    [[nodiscard]] const std::string& campaign() const noexcept { return campaign_; }
    [[nodiscard]] const std::string& host() const noexcept { return host_; }
    [[nodiscard]] Database& database() noexcept { return database_; }

  private:
    explicit Ledger(Database database) : database_(std::move(database)) {}
    [[nodiscard]] static Status make_unfinished(const std::filesystem::path& file,
                                                const std::string& campaign,
                                                const std::string& host, const Batch& batch,
                                                const Options& options);
    [[nodiscard]] Status read_names(const std::string& expected_id);
    [[nodiscard]] Status write(const Batch& batch);
    [[nodiscard]] Status write_changes(const Event& event);
    [[nodiscard]] Status read_tail(Loaded& loaded);
    [[nodiscard]] Status read_streams(Loaded& loaded);
    [[nodiscard]] Status read_last_snapshot(Loaded& loaded);
    [[nodiscard]] Result<std::optional<State>> stored_state(EventIndex last, const Digest& head);
    [[nodiscard]] Status refold(Loaded& loaded);
    [[nodiscard]] Status read_parts(Event& event);

    Database database_;
    std::optional<DatabaseBackup> copy_;  // of database_, so it goes first
    std::filesystem::path copy_target_;
    std::string campaign_, host_;
    bool has_failed_ = false;
};

}  // namespace sz::campaign
