// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <functional>
#include <nlohmann/json.hpp>

#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/paths.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

std::string character_of(const Call& call) { return string_or(call.params(), "id"); }

void make_character(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, string_or(call.params(), "campaign"),
                  [&files, call](const std::shared_ptr<Host>& host) {
                      const std::string id = files.services().sources.uuid();
                      Json wanted{{"template", string_or(call.params(), "template")},
                                  {"name", string_or(call.params(), "name")}};
                      for (const char* key : {"owner", "visibility"}) {
                          if (const std::string* given = read::text(call.params(), key))
                              wanted[key] = *given;
                      }
                      host->act(files.services().identity,
                                {{id, "", std::string(system_op::create), Json::array({wanted}),
                                  std::nullopt}},
                                [call, id](const Result<Accepted>& accepted) {
                                    if (!accepted) return call.answer(fail(accepted.error()));
                                    call.answer(Json{{"id", id}});
                                });
                  });
}

void list_characters(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, string_or(call.params(), "campaign"),
                  [call](const std::shared_ptr<Host>& host) {
                      const auto viewer = viewer_of(host->state(), call.params());
                      if (!viewer) return call.answer(fail(viewer.error()));
                      call.answer(Json{{"characters", characters_view(host->state(), *viewer)}});
                  });
}

void show_character(CampaignFiles& files, const Call& call) {
    with_character(
        files, call, character_of(call), [&files, call](const std::shared_ptr<Host>& host) {
            const auto viewer = viewer_of(host->state(), call.params());
            if (!viewer) return call.answer(fail(viewer.error()));
            const Instance* instance = visible_instance(host->state(), character_of(call), *viewer);
            if (instance == nullptr) return call.answer(no_such_character(character_of(call)));
            call.answer(character_view(host->state(), *instance, *viewer, computing(files)));
        });
}

// What is to be done with a field; the instance, the path and the base stand there already.
using OperationOf = std::function<Result<Operation>(const Field&, Operation)>;

void act_on_field(CampaignFiles& files, const Call& call, const OperationOf& complete) {
    with_character(
        files, call, character_of(call),
        [&files, call, complete](const std::shared_ptr<Host>& host) {
            const Viewer viewer = host->state().viewer(host->state().host());
            const Instance* instance = visible_instance(host->state(), character_of(call), viewer);
            if (instance == nullptr) return call.answer(no_such_character(character_of(call)));
            auto path = resolve_path(*instance, viewer, string_or(call.params(), "path"));
            if (!path) return call.answer(fail(std::move(path).error()));
            auto operation = complete(
                instance->fields.at(*path),
                {instance->id, *path, {}, Json::array(), read::count(call.params(), "base")});
            if (!operation) return call.answer(fail(std::move(operation).error()));
            host->act(files.services().identity, {std::move(*operation)},
                      answer_accepted(call, [path = *path](const Accepted& accepted, Json& result) {
                          result["path"] = path;
                          result["value"] =
                              accepted.values.empty() ? Json() : accepted.values.front();
                      }));
        });
}

void act_on_character(CampaignFiles& files, const Call& call) {
    act_on_field(files, call, [call](const Field&, Operation operation) -> Result<Operation> {
        operation.op = string_or(call.params(), "op");
        operation.args = read::list(call.params(), "args");
        return operation;
    });
}

void type_into_character(CampaignFiles& files, const Call& call) {
    act_on_field(files, call,
                 [&files, call](const Field& field, Operation operation) -> Result<Operation> {
                     SZ_ASSIGN(Json value, files.services().fields.parse(
                                               field.definition, string_or(call.params(), "text"),
                                               string_or(call.params(), "locale")));
                     operation.op = "set";
                     operation.args = Json::array({std::move(value)});
                     return operation;
                 });
}

// An operation on the whole of the character.
void act_on_whole(CampaignFiles& files, const Call& call, std::string_view op, const Json& args) {
    with_character(files, call, character_of(call),
                   [&files, call, op, args](const std::shared_ptr<Host>& host) {
                       host->act(files.services().identity,
                                 {{character_of(call), "", std::string(op), args, std::nullopt}},
                                 answer_accepted(call));
                   });
}

void rename_character(CampaignFiles& files, const Call& call) {
    act_on_whole(files, call, system_op::rename, Json::array({string_or(call.params(), "name")}));
}

void remove_character(CampaignFiles& files, const Call& call) {
    act_on_whole(files, call, system_op::remove, Json::array());
}

constexpr std::array<MethodTable, 7> character_table{{
    {"character.new", "Makes a character from a character template.", make_character},
    {"character.list", "Lists a campaign's characters.", list_characters},
    {"character.show", "Shows a character's sheet, or a campaign's own.", show_character},
    {"character.do", "Does an operation on a field of a sheet.", act_on_character},
    {"character.type", "Sets a field of a sheet to what a person typed.", type_into_character},
    {"character.rename", "Renames a character.", rename_character},
    {"character.remove", "Removes a character; undo brings it back.", remove_character},
}};

}  // namespace

Status add_character_methods(CampaignFiles& files) {
    return add_table(files, character_table.data(), character_table.size());
}

}  // namespace sz::campaign
