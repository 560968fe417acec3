// SPDX-License-Identifier: AGPL-3.0-or-later
// campaign.export, import, repair and backups.
#include <array>
#include <future>
#include <nlohmann/json.hpp>

#include "kernel/campaign/files/import.hpp"
#include "kernel/campaign/files/repair.hpp"
#include "kernel/campaign/files/session_pack.hpp"
#include "kernel/campaign/methods.hpp"
#include "kernel/content/library/pack_output.hpp"

namespace sz::campaign {

namespace {

bool is_fault_of_input(const Error& error) {
    return error.kind == ErrorKind::input || error.kind == ErrorKind::limit ||
           error.kind == ErrorKind::conflict || error.kind == ErrorKind::unsupported;
}

Finding finding_of(const Error& error, Severity severity) {
    return {error.code, severity, error.where, {}, 0, 0, error.message, error.hint};
}

Finding note_of(const char* code, std::string message, std::string hint = {}) {
    return {code, Severity::note, {}, {}, 0, 0, std::move(message), std::move(hint)};
}

// What a task came to: a fault of the input is a finding, one of the surroundings an error.
Result<Json> task_result(Result<Json> result, Findings findings) {
    if (!result && !is_fault_of_input(result.error())) return result;
    if (!result && !has_error(findings))
        findings.push_back(finding_of(result.error(), Severity::error));
    Json answer = result ? std::move(*result) : Json::object();
    answer["ok"] = result.has_value();
    answer["findings"] = findings_to_json(findings);
    return answer;
}

ProgressFn progress_of(TaskProgress& task) {
    return [&task](std::uint64_t done, std::uint64_t total, std::string_view what) {
        task.report(done, total, what);
        return !task.is_cancelled();
    };
}

using FileWork = std::function<Result<Json>(const ProgressFn&, Findings&)>;

void start_task(CampaignFiles& files, const Call& call, const char* title, FileWork work) {
    const std::string task = files.services().tasks->start(
        title, [work = std::move(work)](TaskProgress& progress) -> Result<Json> {
            Findings findings;
            auto result = work(progress_of(progress), findings);
            return task_result(std::move(result), std::move(findings));
        });
    call.answer(Json{{"task", task}});
}

Result<Json> export_file(CampaignFiles& files, const std::string& campaign, bool seals,
                         const std::string& output, bool force, const ProgressFn& progress,
                         Findings& findings) {
    // A second way to the file, beside the one that plays: it sees what is durable.
    SZ_ASSIGN(const auto ledger,
              Ledger::open(files.file_of(campaign), {.read_only = true, .check = false}));
    const auto report = [&](std::uint64_t done, std::uint64_t total) {
        return progress(done, total, "Reading the events");
    };
    SZ_ASSIGN(const Packed packed,
              pack_session(*ledger, seals ? &files.services().identity : nullptr, report));
    SZ_ASSIGN(Json result, library::write_archive(*files.services().formats, packed.files, output,
                                                  force, progress, findings));
    if (!seals)
        findings.push_back(note_of(
            "SZ-CAMPAIGN-072",
            "The host's identity is not in this profile, so the file is not sealed: where the "
            "campaign is already, it takes its place only with --force.",
            "Export it where the host's identity is."));
    result.update({{"id", campaign},
                   {"name", packed.name},
                   {"events", packed.ledger.events},
                   {"head", to_hex(packed.ledger.head)},
                   {"sealed", packed.is_sealed}});
    return result;
}

void export_campaign(CampaignFiles& files, const Call& call) {
    const std::string campaign = string_or(call.params(), "id");
    const std::string output = string_or(call.params(), "output");
    const bool force = call.params().value("force", false);
    if (auto writable = library::check_output(output, force); !writable)
        return call.answer(fail(writable.error()));
    with_campaign(files, call, campaign,
                  [&files, call, campaign, output, force](const std::shared_ptr<Host>& host) {
                      auto& identity = files.services().identity;
                      const bool seals = holds_key(identity, host->state().host());
                      if (seals) {
                          if (auto can = can_seal(identity, host->state().host()); !can)
                              return call.answer(fail(can.error()));
                      }
                      start_task(files, call, "Exporting a campaign",
                                 [&files, campaign, seals, output, force](
                                     const ProgressFn& progress, Findings& findings) {
                                     return export_file(files, campaign, seals, output, force,
                                                        progress, findings);
                                 });
                  });
}

// The kernel thread's answer, on a worker. The kernel ends its workers before its own thread.
Result<Placed> put_and_wait(CampaignFiles& files, const Incoming& incoming, bool force) {
    std::promise<Result<Placed>> promise;
    files.services().thread.post([&] {
        files.put_in_place(incoming, force,
                           [&](Result<Placed> placed) { promise.set_value(std::move(placed)); });
    });
    return promise.get_future().get();
}

Result<Json> import_file(CampaignFiles& files, const std::string& path, bool force,
                         const ProgressFn& progress, Findings& findings) {
    SZ_ASSIGN(const Incoming incoming,
              read_incoming(path, *files.services().formats, files.folder(), progress, findings));
    SZ_ASSIGN(const Placed placed, put_and_wait(files, incoming, force));
    const Rebuilt& ledger = incoming.ledger;
    const bool is_host_here = holds_key(files.services().identity, ledger.host);
    if (!is_host_here)
        findings.push_back(note_of(
            "SZ-CAMPAIGN-072",
            "The identity that hosts this campaign is not in this profile: it can be read here, "
            "not changed.",
            "If you are its host: szctl identity export " + ledger.host +
                " on the other machine; on this one szctl identity import, then szctl identity "
                "use " +
                ledger.host + "."));
    if (placed.state == "same")
        findings.push_back(note_of("SZ-CAMPAIGN-073",
                                   "The campaign is here already, with the same events: nothing "
                                   "was to be done."));
    Json result{{"id", ledger.campaign},        {"name", ledger.name},
                {"events", ledger.events},      {"head", to_hex(ledger.head)},
                {"host", ledger.host},          {"host_is_here", is_host_here},
                {"sealed", incoming.is_sealed}, {"state", placed.state}};
    if (!placed.kept.empty()) result["kept"] = placed.kept.string();
    return result;
}

tl::unexpected<Error> no_whole_path(const std::string& path) {
    return fail(ErrorKind::usage, "SZ-LIB-026", "“" + path + "” is no complete path.",
                "Give an absolute path.", path);
}

void import_campaign(CampaignFiles& files, const Call& call) {
    const std::string path = string_or(call.params(), "path");
    if (!std::filesystem::path(path).is_absolute()) return call.answer(no_whole_path(path));
    // Looking for campaigns sweeps what interrupted imports left: before this one begins.
    files.when_scanned([&files, call, path, force = call.params().value("force", false)] {
        start_task(files, call, "Importing a campaign",
                   [&files, path, force](const ProgressFn& progress, Findings& findings) {
                       return import_file(files, path, force, progress, findings);
                   });
    });
}

Json fault_json(const Rebuilt& rebuilt) {
    Json fault{{"index", rebuilt.fault->index}, {"reason", rebuilt.fault->reason}};
    if (rebuilt.fault_at > 0) fault["at"] = format_time(rebuilt.fault_at);
    return fault;
}

void repair_campaign(CampaignFiles& files, const Call& call) {
    const std::string path = string_or(call.params(), "path");
    const std::string output = string_or(call.params(), "output");
    const bool force = call.params().value("force", false);
    if (!std::filesystem::path(path).is_absolute()) return call.answer(no_whole_path(path));
    if (auto writable = library::check_output(output, force); !writable)
        return call.answer(fail(writable.error()));
    start_task(files, call, "Repairing a campaign",
               [&files, path, output, force](const ProgressFn& progress,
                                             Findings& findings) -> Result<Json> {
                   SZ_ASSIGN(const Rebuilt done,
                             repair_file(path, output, force, *files.services().formats, progress,
                                         findings));
                   Json result{{"id", done.campaign},
                               {"name", done.name},
                               {"file", output},
                               {"events", done.events},
                               {"head", to_hex(done.head)},
                               {"last_at", format_time(done.at)},
                               {"whole", done.is_whole()},
                               {"lost", done.last - done.events},
                               {"later_readable", done.later_readable},
                               {"verdicts_lost", done.verdicts_lost}};
                   if (done.fault) result["fault"] = fault_json(done);
                   return result;
               });
}

void answer_copies(CampaignFiles& files, const Call& call) {
    const std::string campaign = string_or(call.params(), "id");
    files.list_copies(campaign,
                      [&files, call, campaign](const Result<std::vector<Backup>>& copies) {
                          if (!copies) return call.answer(fail(copies.error()));
                          Json list = Json::array();
                          for (const Backup& copy : *copies) {
                              list.push_back({{"file", copy.file.string()},
                                              {"kind", copy.kind},
                                              {"at", format_time(copy.at)},
                                              {"events", copy.events},
                                              {"head", copy.head},
                                              {"bytes", copy.bytes}});
                          }
                          call.answer(Json{{"id", campaign},
                                           {"folder", files.backups_of(campaign).folder().string()},
                                           {"backups", std::move(list)}});
                      });
}

void list_backups(CampaignFiles& files, const Call& call) {
    if (!call.params().value("now", false)) return answer_copies(files, call);
    files.copy(string_or(call.params(), "id"), [&files, call](const Status& copied) {
        if (!copied) return call.answer(fail(copied.error()));
        answer_copies(files, call);
    });
}

constexpr std::array<MethodTable, 4> file_table{{
    {"campaign.export", "Writes a campaign to a session datapack.", export_campaign},
    {"campaign.import", "Brings a campaign in from a file.", import_campaign},
    {"campaign.repair", "Saves what holds of a damaged campaign to a new file.", repair_campaign},
    {"campaign.backups", "Lists the copies of a campaign's file, or makes one.", list_backups},
}};

}  // namespace

Status add_file_methods(CampaignFiles& files) {
    if (files.services().tasks == nullptr || files.services().formats == nullptr) return {};
    return add_table(files, file_table.data(), file_table.size());
}

}  // namespace sz::campaign
