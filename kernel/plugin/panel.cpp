// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/panel.hpp"

#include <sz/ext/panel.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/panel_bus.hpp"

namespace sz {

namespace {

// All settings of a profile together are no longer.
constexpr JsonLimits state_limits{limits::settings_bytes_max, limits::json_depth_max,
                                  limits::settings_bytes_max};

// What is wrong with what `create` gave; empty if nothing is.
std::string fault_of(const sz_panel_instance* made) {
    if (made == nullptr) return "it says that it is made, and there is nothing";
    if (made->size < SZ_PANEL_INSTANCE_SIZE_1) return "its table is too short";
    if (made->window == nullptr) return "it has no window";
    if (made->focus == nullptr || made->show == nullptr || made->save == nullptr ||
        made->restore == nullptr || made->destroy == nullptr)
        return "a function of its table is missing";
    return {};
}

std::string state_text(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

struct Panel::Impl {
    PanelInfo info;
    const sz_panel* table;
    PanelShell shell;
    PanelBus bus;
    OwnThread ui_thread;
    sz_panel_host host{};
    const sz_panel_instance* instance = nullptr;
    std::optional<Error> failure;

    Impl(PanelInfo the_info, const sz_panel* the_table, PanelShell the_shell, Bus& the_bus,
         Executor& ui)
        : info(std::move(the_info)),
          table(the_table),
          shell(std::move(the_shell)),
          bus(the_bus, ui, info.plugin) {
        host = {sizeof(host), 0, this, bus.table(), open, status, translate};
    }

    void fail_with(const char* code, const std::string& what);
    // The status that `fn` returned, or none: it threw, and the panel has failed.
    template <class Fn>
    std::optional<sz_status> call(const char* name, Fn&& fn);
    void destroy(const sz_panel_instance* last);

    template <class Work>
    static sz_status serve(void* self, const char* name, Work&& work) noexcept;
    static void open(void* self, sz_str target_json);
    static void status(void* self, sz_str text);
    static sz_status translate(void* self, sz_str text, sz_sink out);
};

void Panel::Impl::fail_with(const char* code, const std::string& what) {
    if (failure) return;  // the first reason is the one that helps
    failure = Error{ErrorKind::internal, code,
                    "The panel “" + info.title + "” of the plugin " + info.plugin +
                        " has failed: " + what + ".",
                    "The rest of the window goes on. Tell the plugin's author; the log says more. "
                    "The panel is tried again at the next start, unless you turn it off: szctl "
                    "plugin disable " +
                        info.plugin,
                    info.plugin};
    log::error("plugin", failure->message);
}

template <class Fn>
std::optional<sz_status> Panel::Impl::call(const char* name, Fn&& fn) {
    bool came_back = false;
    const sz_status status = call_plugin(info.plugin, name, [&] {
        const sz_status given = fn();
        came_back = true;
        return given;
    });
    if (came_back) return status;
    fail_with("SZ-PLUGIN-090", std::string("it let an error out (") + name + ")");
    return std::nullopt;
}

void Panel::Impl::destroy(const sz_panel_instance* last) {
    (void)call("panel.destroy", [&] { return last->destroy(last->self), SZ_OK; });
}

// ---- what the panel asks of its window ----

// Another thread than the windows' is refused, and nothing that goes wrong in the window gets into
// the panel.
template <class Work>
sz_status Panel::Impl::serve(void* self, const char* name, Work&& work) noexcept {
    auto& panel = *static_cast<Impl*>(self);
    if (!is_allowed(panel.ui_thread.is_current(), panel.info.plugin, name)) return SZ_ERR_INTERNAL;
    try {
        return work(panel);
    } catch (...) {
        log::error("plugin:" + panel.info.plugin, std::string(name) + " failed inside the window.");
        return SZ_ERR_INTERNAL;
    }
}

void Panel::Impl::open(void* self, sz_str target_json) {
    (void)serve(self, "sz_panel_host.open", [&](const Impl& panel) {
        const auto target = parse_json(view(target_json));
        if (!target || !target->is_object()) return SZ_ERR_INVALID;
        panel.shell.open(*target);
        return SZ_OK;
    });
}

void Panel::Impl::status(void* self, sz_str text) {
    (void)serve(self, "sz_panel_host.status", [&](const Impl& panel) {
        return panel.shell.status(clean_text(view(text))), SZ_OK;
    });
}

sz_status Panel::Impl::translate(void* self, sz_str text, sz_sink out) {
    return serve(self, "sz_panel_host.translate", [&](const Impl& panel) {
        if (out.write == nullptr) return SZ_ERR_INVALID;
        const std::string words = panel.shell.translate(clean_text(view(text)));
        return out.write(out.self, words.data(), words.size());
    });
}

// ---- the panel's life ----

Panel::Panel(PanelInfo info, const sz_panel* table, PanelShell shell, Bus& bus, Executor& ui)
    : impl_(std::make_unique<Impl>(std::move(info), table, std::move(shell), bus, ui)) {}

Panel::~Panel() { end(); }

const PanelInfo& Panel::info() const noexcept { return impl_->info; }

bool Panel::is_alive() const noexcept { return impl_->instance != nullptr; }

bool Panel::shows(const std::string& kind) const {
    const auto& shown = impl_->info.shows;
    return is_alive() && std::find(shown.begin(), shown.end(), kind) != shown.end();
}

Result<void*> Panel::create(void* parent) {
    TextSink said(limits::finding_text_bytes_max);
    const sz_panel_instance* made = nullptr;
    const auto status = impl_->call("panel.create", [&] {
        return impl_->table->create(impl_->table->self, &impl_->host, parent, &made, said.table());
    });
    if (!status) return fail(*impl_->failure);
    if (*status != SZ_OK) {
        const std::string why =
            said.text.empty() ? std::string("It gives no reason.") : clean_text(said.text);
        impl_->failure = Error{error_kind(*status), "SZ-PLUGIN-064",
                               "The panel “" + impl_->info.title + "” of the plugin " +
                                   impl_->info.plugin + " could not be made. " + why,
                               "The log may say more.", impl_->info.plugin};
        return fail(*impl_->failure);
    }
    if (const std::string wrong = fault_of(made); !wrong.empty()) {
        impl_->fail_with("SZ-PLUGIN-061", wrong);
        if (made != nullptr && made->size >= SZ_PANEL_INSTANCE_SIZE_1 && made->destroy != nullptr)
            impl_->destroy(made);
        return fail(*impl_->failure);
    }
    impl_->instance = made;
    if (impl_->failure) return fail(*impl_->failure);  // a handler threw while it was made
    return made->window;
}

void Panel::focus() {
    const sz_panel_instance* it = impl_->instance;
    if (it == nullptr) return;
    (void)impl_->call("panel.focus", [&] { return it->focus(it->self), SZ_OK; });
}

bool Panel::show(const Json& target) {
    const sz_panel_instance* it = impl_->instance;
    if (it == nullptr) return false;
    const std::string text = state_text(target);
    return impl_->call("panel.show", [&] { return it->show(it->self, str(text)); }) == SZ_OK;
}

Json Panel::save() {
    const sz_panel_instance* it = impl_->instance;
    if (it == nullptr) return nullptr;
    TextSink text(limits::settings_bytes_max);
    const auto status = impl_->call("panel.save", [&] { return it->save(it->self, text.table()); });
    if (status != SZ_OK && !text.is_full()) return nullptr;
    auto state = parse_json(text.text, state_limits);
    if (!text.is_full() && state && state->is_object()) return std::move(*state);
    log::error("plugin",
               impl_->info.plugin + (text.is_full() ? " wants to remember more than settings hold."
                                                    : " remembers what is not a JSON object."));
    return nullptr;
}

void Panel::restore(const Json& state) {
    const sz_panel_instance* it = impl_->instance;
    if (it == nullptr) return;
    const std::string text = state_text(state.is_object() ? state : Json::object());
    (void)impl_->call("panel.restore", [&] { return it->restore(it->self, str(text)), SZ_OK; });
}

void Panel::end() {
    if (const sz_panel_instance* last = std::exchange(impl_->instance, nullptr))
        impl_->destroy(last);
}

bool Panel::run_with(const char* call, void (*work)(void*), void* cookie) {
    return impl_->call(call, [&] { return work(cookie), SZ_OK; }).has_value();
}

const Error* Panel::failure() const noexcept { return impl_->failure ? &*impl_->failure : nullptr; }

void Panel::fail_because(const std::string& what) { impl_->fail_with("SZ-PLUGIN-061", what); }

bool Panel::is_busy() const noexcept { return PluginCall::is_under_way(impl_->info.plugin); }

WaitForPerson::WaitForPerson() : nobody_(std::make_unique<PluginCall>("", "")) {}

WaitForPerson::~WaitForPerson() = default;

}  // namespace sz
