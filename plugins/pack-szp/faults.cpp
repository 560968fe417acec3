// SPDX-License-Identifier: AGPL-3.0-or-later
#include "faults.hpp"

#include "names.hpp"

namespace szp {

namespace {

constexpr std::size_t findings_max = 1000;
constexpr std::size_t quoted_bytes_max = 80;

// A status that says more about the source as a whole wins.
int weight(sz_status status) {
    return status == SZ_ERR_ENVIRONMENT ? 3
           : status == SZ_ERR_INVALID   ? 2
           : status == SZ_ERR_LIMIT     ? 1
                                        : 0;
}

// What is not text becomes '?': findings are UTF-8.
std::string printable(std::string_view name) {
    if (name.size() > quoted_bytes_max) {
        auto cut = quoted_bytes_max;
        while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xC0) == 0x80) --cut;
        return printable(name.substr(0, cut)) + "…";
    }
    const bool is_text = is_utf8(name);
    std::string shown(name);
    for (char& c : shown) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !is_text)) c = '?';
    }
    return shown;
}

}  // namespace

std::string quote(std::string_view name) { return "“" + printable(name) + "”"; }

std::string size_words(std::uint64_t bytes) {
    constexpr std::uint64_t mib = 1 << 20;
    if (bytes >= mib && bytes % mib == 0) return std::to_string(bytes / mib) + " MiB";
    return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
}

void Faults::add(std::uint32_t severity, sz_status status, const char* code, std::string_view file,
                 std::string message, std::string hint) {
    if (weight(status) > weight(status_)) status_ = status;
    if (++count_ > findings_max + 1) return;
    if (count_ == findings_max + 1) {
        findings_.error("SZ-SZP-099", "There are more findings than are shown here.")
            .file(source_)
            .hint("Mend the ones above first.");
        return;
    }
    const auto send = [&](sz::plugin::Findings::Finding&& finding) {
        finding.file(file.empty() ? source_ : printable(file)).hint(std::move(hint));
    };
    if (severity == SZ_SEVERITY_ERROR) {
        send(findings_.error(code, std::move(message)));
    } else if (severity == SZ_SEVERITY_WARNING) {
        send(findings_.warning(code, std::move(message)));
    } else {
        send(findings_.note(code, std::move(message)));
    }
}

void Faults::error(const char* code, std::string_view file, std::string message, std::string hint) {
    add(SZ_SEVERITY_ERROR, SZ_ERR_INVALID, code, file, std::move(message), std::move(hint));
}
void Faults::limit(const char* code, std::string_view file, std::string message, std::string hint) {
    add(SZ_SEVERITY_ERROR, SZ_ERR_LIMIT, code, file, std::move(message), std::move(hint));
}
void Faults::environment(const char* code, std::string_view file, std::string message,
                         std::string hint) {
    add(SZ_SEVERITY_ERROR, SZ_ERR_ENVIRONMENT, code, file, std::move(message), std::move(hint));
}
void Faults::warning(const char* code, std::string_view file, std::string message,
                     std::string hint) {
    add(SZ_SEVERITY_WARNING, SZ_OK, code, file, std::move(message), std::move(hint));
}
void Faults::note(const char* code, std::string_view file, std::string message, std::string hint) {
    add(SZ_SEVERITY_NOTE, SZ_OK, code, file, std::move(message), std::move(hint));
}

sz::plugin::Status Faults::status() const {
    if (!has_error()) return {};
    return sz::plugin::fault(status_);
}

}  // namespace szp
