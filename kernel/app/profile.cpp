// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/profile.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/app/identity_methods.hpp"
#include "kernel/app/language.hpp"
#include "kernel/app/samples.hpp"
#include "kernel/app/settings.hpp"
#include "kernel/base/log.hpp"
#include "kernel/base/sys/process.hpp"
#include "kernel/bus/socket_server.hpp"
#include "kernel/bus/tasks.hpp"
#include "kernel/campaign/campaigns.hpp"
#include "kernel/content/library.hpp"
#include "kernel/crypto/crypto.hpp"
#include "kernel/net/doctor/net_methods.hpp"
#include "kernel/net/ports/port_mappings.hpp"
#include "kernel/plugin/plugins.hpp"
#include "kernel/store/profile_folders.hpp"

namespace sz {

namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned workers = 2;

// What a person should know about this start, though it went on: for app.info and the log.
void log_notices(const std::vector<Error>& notices) {
    for (const auto& notice : notices)
        log::warning("app", notice.code + " " + notice.message + " " + notice.hint);
}

Json notices_to_json(const std::vector<Error>& notices) {
    Json list = Json::array();
    for (const auto& notice : notices)
        list.push_back({{"code", notice.code}, {"message", notice.message}, {"hint", notice.hint}});
    return list;
}

Error notice_of(const Finding& warning) {
    Error notice{ErrorKind::environment, warning.code, warning.message, warning.hint, warning.file};
    if (!warning.file.empty()) notice.message += " The file is " + warning.file + ".";
    return notice;
}

// The program's log has one sink; it is closed when the profile that opened it goes.
struct LogFile {
    explicit LogFile(const std::filesystem::path& folder) { log::open(folder, log::Level::info); }
    ~LogFile() { log::close(); }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
};

}  // namespace

// Everything in the order in which it is made; close() ends it in the other.
struct Profile::Impl {
    Impl(ProfileFolders the_folders, ProfileLock the_lock, Options the_options,
         Clock::time_point the_start)
        : started(the_start),
          options(std::move(the_options)),
          folders(std::move(the_folders)),
          lock(std::move(the_lock)),
          log_file(folders.logs()),
          pool("sz-worker", workers),
          router("sz-ports", 1),
          bus(thread, check_schema),
          tasks(bus, thread, pool) {}
    ~Impl() { close(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Clock::time_point started;
    double start_ms = 0;
    Options options;
    ProfileFolders folders;
    ProfileLock lock;
    LogFile log_file;
    Sources sources = Sources::real();
    std::vector<Error> notices;

    KernelThread thread;
    WorkerPool pool;
    WorkerPool router;  // asks routers for ports, one thing at a time
    Bus bus;
    Tasks tasks;

    // [kernel-thread]
    std::unique_ptr<Settings> settings;
    std::unique_ptr<Plugins> plugins;
    std::unique_ptr<PortMappings> port_mappings;
    std::unique_ptr<net::NetMethods> net_methods;
    std::unique_ptr<IdentityMethods> identity_methods;
    std::unique_ptr<Library> library;
    std::unique_ptr<Samples> samples;
    std::unique_ptr<Campaigns> campaigns;
    std::unique_ptr<SocketServer> server;

    Status open();
    void open_port_mappings();
    void ensure_identity();
    void serve();
    Status add_methods();
    void close();
};

Status Profile::Impl::open() {
    SZ_TRY(crypto_init());
    settings = Settings::open(folders.settings(), sources.now_ms(), bus, thread, notices);
    SZ_ASSIGN(plugins, Plugins::load(folders,
                                     {options.installed.plugins, options.safe_mode, options.panels,
                                      check_schema},
                                     bus, tasks, thread));
    for (Error& notice : plugins->notices()) notices.push_back(std::move(notice));
    open_port_mappings();
    identity_methods = std::make_unique<IdentityMethods>(plugins->identity(), bus);
    ensure_identity();
    SZ_ASSIGN(library,
              Library::open(folders, {bus, tasks, plugins->fields(), plugins->formats(), [this] {
                                          return language_of_person(options.language, *settings);
                                      }}));
    samples = std::make_unique<Samples>(*library);
    SZ_ASSIGN(campaigns, Campaigns::open(
                             folders, {bus, thread, *library, plugins->fields(),
                                       plugins->identity(), sources, &tasks, &plugins->formats()}));
    SZ_TRY(add_methods());
    if (options.install_samples) samples->install(options.installed.packs);
    if (options.serve_socket) serve();
    log_notices(notices);
    start_ms = std::chrono::duration<double, std::milli>(Clock::now() - started).count();
    log::info("app", std::string("SessionZero ") + SZ_VERSION + " is ready.");
    return {};
}

// What a crash left with a router is taken back in the background; else nothing is sent.
void Profile::Impl::open_port_mappings() {
    port_mappings = std::make_unique<PortMappings>(PortMappings::Services{
        plugins->port_mappers(), thread, router, folders.run() / "ports.json",
        [this](auto delay, auto work) { return thread.post_after(delay, std::move(work)); },
        [this](auto timer) { thread.cancel_timer(timer); }, sources});
    if (const auto& notice = port_mappings->notice()) notices.push_back(*notice);
    port_mappings->remove_left();
}

// A first start makes an identity, so that a campaign can be begun at once. Without one, everything
// but playing still works. One that is here but damaged is for a person to restore: a new one in
// its place would be somebody else to every campaign.
void Profile::Impl::ensure_identity() {
    auto& identity = plugins->identity();
    auto known = identity.list();
    const auto warnings = identity.warnings();
    for (const auto& warning : warnings) notices.push_back(notice_of(warning));
    if (known && !known->empty()) return;
    if (!warnings.empty()) {
        auto& first = notices[notices.size() - warnings.size()];
        first.message = "There is no identity to play with: " + first.message;
        return;
    }
    if (known) {
        const auto login = sys::login_name();
        auto made = identity.create(login.empty() ? "Me" : login, {});
        if (made) return;
        known = fail(std::move(made).error());
    }
    auto notice = known.error();
    notice.message = "There is no identity to play with: " + notice.message;
    notices.push_back(std::move(notice));
}

void Profile::Impl::serve() {
    auto listening = SocketServer::listen(folders.socket(), SZ_VERSION, bus, thread);
    if (listening) {
        server = std::move(*listening);
    } else {
        notices.push_back(listening.error());
    }
}

Status Profile::Impl::add_methods() {
    SZ_TRY(tasks.add_methods());
    SZ_TRY(settings->add_methods());
    SZ_TRY(plugins->add_methods());
    SZ_TRY(identity_methods->add_methods());
    SZ_TRY(library->add_methods());
    SZ_TRY(samples->add_methods(bus));
    SZ_TRY(campaigns->add_methods());
    net_methods = std::make_unique<net::NetMethods>(
        net::NetMethods::Services{bus, tasks, thread, plugins->transports(), plugins->identity(),
                                  *port_mappings, SZ_VERSION});
    SZ_TRY(net_methods->add_methods());
    return bus.add_method({"app.info", {}, {}, "kernel"}, [this](const Call& call) {
        call.answer(Json{{"version", SZ_VERSION},
                         {"profile", folders.root.string()},
                         {"pid", sys::process_id()},
                         {"safe_mode", options.safe_mode},
                         {"start_ms", start_ms},
                         {"notices", notices_to_json(notices)}});
    });
}

// First nothing new is begun, then what runs comes to its end, then the rooms go, the last made
// first.
void Profile::Impl::close() {
    thread.run_and_wait([this] {
        bus.stop();
        if (server) server->stop();
        tasks.stop();
        net_methods.reset();
        if (port_mappings) port_mappings->stop();
    });
    pool.stop();
    router.stop();
    if (identity_methods) identity_methods->stop();
    if (settings) settings->stop();
    thread.run_and_wait([this] {
        server.reset();
        if (campaigns) campaigns->stop();
        campaigns.reset();
        samples.reset();
        library.reset();
        identity_methods.reset();
        port_mappings.reset();
        plugins.reset();
        settings.reset();
    });
    thread.stop();
}

Result<std::unique_ptr<Profile>> Profile::open(Options options) {
    const auto started = Clock::now();
    SZ_ASSIGN(auto path, profile_path(options.folder));
    ProfileFolders folders{std::move(path)};
    SZ_TRY(folders.prepare());
    SZ_ASSIGN(auto lock, ProfileLock::acquire(folders));
    auto impl =
        std::make_unique<Impl>(std::move(folders), std::move(lock), std::move(options), started);
    Status status;
    impl->thread.run_and_wait([&] { status = impl->open(); });
    if (!status) {
        log::error("app", status.error().code + " " + status.error().message);
        return fail(status.error());
    }
    return std::unique_ptr<Profile>(new Profile(std::move(impl)));
}

Profile::Profile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Profile::~Profile() = default;

Bus& Profile::bus() { return impl_->bus; }
const std::filesystem::path& Profile::folder() const { return impl_->folders.root; }

const Panels& Profile::panels() const { return impl_->plugins->panels(); }

std::unique_ptr<PanelBus> Profile::window_bus(Executor& ui, std::string id) {
    return std::make_unique<PanelBus>(impl_->bus, ui, std::move(id));
}

}  // namespace sz
