// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/mend.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

namespace sz::campaign {

namespace {

namespace fs = std::filesystem;

// SQLite's page size unless a file says otherwise; ours never does.
constexpr std::uint64_t page_bytes = 4096, header_bytes = 100;
constexpr std::streamoff pages_at = 28, first_free_page_at = 32, free_pages_at = 36;

tl::unexpected<Error> not_copied(const fs::path& file) {
    return fail(ErrorKind::environment, "SZ-FILE-004", "“" + file.string() + "” cannot be copied.",
                "Check that it can be read and that there is room beside the result.",
                file.string());
}

void write_number(std::fstream& stream, std::streamoff at, std::uint64_t number) {
    const std::array<char, 4> bytes{
        static_cast<char>(number >> 24U & 0xFFU), static_cast<char>(number >> 16U & 0xFFU),
        static_cast<char>(number >> 8U & 0xFFU), static_cast<char>(number & 0xFFU)};
    stream.seekp(at);
    stream.write(bytes.data(), bytes.size());
}

Status take_beginning(const fs::path& file, const fs::path& model, std::uint64_t count) {
    std::error_code failed;
    const auto bytes = fs::file_size(file, failed);
    const auto least = failed ? 0 : fs::file_size(model, failed);
    // With fewer pages than a new file has, not even the tables would be believed to be there.
    const auto pages = (std::max(bytes, least) + page_bytes - 1) / page_bytes;
    if (!failed && pages * page_bytes != bytes) fs::resize_file(file, pages * page_bytes, failed);
    if (failed) return not_copied(file);
    std::string beginning(count, '\0');
    std::ifstream from(model, std::ios::binary);
    from.read(beginning.data(), static_cast<std::streamsize>(count));
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.write(beginning.data(), static_cast<std::streamsize>(count));
    write_number(stream, pages_at, pages);
    write_number(stream, first_free_page_at, 0);
    write_number(stream, free_pages_at, 0);
    stream.flush();
    if (from.good() && stream.good()) return {};
    return not_copied(file);
}

}  // namespace

Status copy_database(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::copy_file(from, to, failed);
    if (failed) return not_copied(from);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failed);
    const fs::path log = from.string() + "-wal";
    if (fs::exists(log, failed) && !fs::copy_file(log, to.string() + "-wal", failed))
        return not_copied(log);
    return {};
}

Status mend_header(const fs::path& file, const fs::path& model) {
    return take_beginning(file, model, header_bytes);
}

Status mend_first_page(const fs::path& file, const fs::path& model) {
    // A log beside a damaged beginning would write its pages over what is mended.
    std::error_code ignored;
    fs::remove(file.string() + "-wal", ignored);
    fs::remove(file.string() + "-shm", ignored);
    return take_beginning(file, model, page_bytes);
}

}  // namespace sz::campaign
