// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/demo/demo.hpp"

#include <stdlib.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

constexpr const char* pack = "Salt & Signal";

// Tells what is done while it is done. Words go to standard error when --json wants standard output
// for the result.
class Narrator {
  public:
    explicit Narrator(bool json) : out_(json ? std::cerr : std::cout) {}
    void chapter(const std::string& title) {
        out_ << '\n' << title << '\n' << std::string(title.size(), '-') << '\n';
    }
    void tell(const std::string& sentence) { out_ << sentence << '\n'; }
    void show(const std::string& line) { out_ << "    " << line << '\n'; }

  private:
    std::ostream& out_;
};

// The story's own folder: gone with it, unless it is to be kept.
class DemoFolder {
  public:
    [[nodiscard]] static Result<DemoFolder> create(const std::string& keep) {
        if (!keep.empty()) {
            const std::filesystem::path folder = absolute_path(keep);
            std::error_code failed;
            if (!std::filesystem::create_directories(folder, failed)) {
                return fail(ErrorKind::environment, "SZ-CLI-007",
                            "The folder for the demonstration cannot be made.",
                            "Name a folder that does not exist yet.", folder.string());
            }
            return DemoFolder(folder, true);
        }
        std::string pattern =
            (std::filesystem::temp_directory_path() / "sessionzero-demo-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            return fail(ErrorKind::environment, "SZ-CLI-007", "No temporary folder can be made.",
                        "Is the disk full?", pattern);
        }
        return DemoFolder(pattern, false);
    }
    DemoFolder(DemoFolder&& other) noexcept : path_(std::move(other.path_)), keep_(other.keep_) {
        other.path_.clear();
    }
    DemoFolder& operator=(DemoFolder&&) = delete;
    DemoFolder(const DemoFolder&) = delete;
    DemoFolder& operator=(const DemoFolder&) = delete;
    ~DemoFolder() {
        std::error_code ignored;
        if (!keep_ && !path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string path() const { return path_.string(); }

  private:
    DemoFolder(std::filesystem::path path, bool keep) : path_(std::move(path)), keep_(keep) {}
    std::filesystem::path path_;
    bool keep_;
};

class Story {
  public:
    Story(Session& session, Narrator& narrator) : session_(session), narrator_(narrator) {}

    Status library() {
        narrator_.chapter("The library");
        SZ_ASSIGN(const Json packs, session_.call("pack.list", Json::object()));
        for (const Json& one : items(packs, "packs")) {
            narrator_.show(cell(one, "name") + " " + cell(one, "version") + ": " +
                           cell(one, "entries") + " entries");
        }
        narrator_.tell("A few letters are enough to find something. Searching for \"lens\":");
        SZ_ASSIGN(const Json found,
                  session_.call("library.search", Json{{"text", "lens"}, {"limit", 4}}));
        for (const Json& hit : items(found, "hits"))
            narrator_.show(cell(hit, "name") + "  (" + cell(hit, "dataset") + ")");
        return {};
    }

    Status campaign() {
        narrator_.chapter("A campaign");
        narrator_.tell("The session template 'A Signal Station' becomes a campaign:");
        SZ_ASSIGN(const Json made,
                  session_.call("campaign.new", Json{{"template", std::string(pack) + "/station"},
                                                     {"name", "The Winter of the Ninth Wave"}}));
        campaign_ = string_or(made, "id");
        narrator_.show("The Winter of the Ninth Wave");
        narrator_.tell(
            "The referee notes two things. Players will never get the second one, because it is "
            "only for game masters.");
        SZ_TRY(act(campaign_, "weather", "set", Json::array({"fog"})));
        return act(campaign_, "referee.behind.notes", "set",
                   Json::array({"Ansel is already dead. His lamp burns on."}));
    }

    Status character() {
        narrator_.chapter("A character");
        SZ_ASSIGN(const Json made,
                  session_.call("character.new", Json{{"campaign", campaign_},
                                                      {"template", std::string(pack) + "/keeper"},
                                                      {"name", "Wren Osk"}}));
        character_ = string_or(made, "id");
        narrator_.tell(
            "Wren Osk grinds lenses. Fields keep their types; links lead into the library:");
        SZ_TRY(act(character_, "calling", "set", Json::array({"glassgrinder"})));
        SZ_TRY(act(character_, "hands", "set", Json::array({2})));
        SZ_TRY(act(character_, "gear", "insert", Json::array({"true-lens"})));
        narrator_.tell(
            "The night is long. Two Strain, and one more; relative changes add up whoever makes "
            "them:");
        SZ_TRY(act(character_, "strain", "add", Json::array({2})));
        SZ_TRY(act(character_, "strain", "add", Json::array({1})));
        narrator_.tell("A value that does not fit is refused, with a reason:");
        auto refused = session_.call(
            "character.do", request(character_, "strain", "set", Json::array({"very much"})));
        if (refused)
            return fail(ErrorKind::internal, "SZ-CLI-008", "A wrong value was taken.",
                        "Please report this.");
        narrator_.show(refused.error().message);
        return {};
    }

    Result<Json> ending() {
        narrator_.chapter("Nothing is lost");
        narrator_.tell(
            "The last change was a mistake. It is undone, and the undoing is part of the ledger "
            "too:");
        SZ_TRY(session_.call("campaign.undo", Json{{"id", campaign_}}));
        SZ_ASSIGN(const Json log, session_.call("campaign.log", Json{{"id", campaign_}}));
        for (const Json& event : items(log, "events"))
            narrator_.show(cell(event, "index") + "  " + cell(event, "summary"));
        narrator_.tell(
            "Every event is signed and chained to the one before. Folding them from the beginning "
            "proves it:");
        SZ_ASSIGN(const Json verified, session_.call("campaign.verify", Json{{"id", campaign_}}));
        narrator_.show(cell(verified, "events") + " events, head " +
                       cell(verified, "head").substr(0, 16) + "…");
        return Json{{"ok", verified.value("ok", false)},
                    {"campaign", campaign_},
                    {"events", verified.value("events", 0)},
                    {"head", string_or(verified, "head")}};
    }

  private:
    static Json request(const std::string& instance, const std::string& path, const std::string& op,
                        const Json& args) {
        return Json{{"id", instance}, {"path", path}, {"op", op}, {"args", args}};
    }

    Status act(const std::string& instance, const std::string& path, const std::string& op,
               const Json& args) {
        SZ_TRY(session_.call("character.do", request(instance, path, op, args)));
        SZ_ASSIGN(const Json log,
                  session_.call("campaign.log", Json{{"id", campaign_}, {"limit", 1}}));
        for (const Json& event : items(log, "events")) narrator_.show(cell(event, "summary"));
        return {};
    }

    Session& session_;
    Narrator& narrator_;
    std::string campaign_;
    std::string character_;
};

}  // namespace

Result<Json> run_demo(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(const DemoFolder folder, DemoFolder::create(arguments.get("keep")));
    Profile::Options options = session.options();
    options.folder = folder.path();
    Session own(options, session.json());
    Narrator narrator(session.json());
    narrator.tell(
        "SessionZero, without a screen. This story plays in a profile of its own; yours is not "
        "touched.");
    Story story(own, narrator);
    SZ_TRY(story.library());
    SZ_TRY(story.campaign());
    SZ_TRY(story.character());
    auto result = story.ending();
    if (result && arguments.has("keep"))
        narrator.tell("\nIt is all still there: szctl --profile " + folder.path() +
                      " campaign list");
    return result;
}

}  // namespace sz::cli
