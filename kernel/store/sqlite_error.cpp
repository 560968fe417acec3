// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/sqlite_error.hpp"

#include <sqlite3.h>

#include "kernel/base/log.hpp"

namespace sz {

namespace {

struct Sentence {
    ErrorKind kind;
    const char* code;
    const char* message;
    const char* hint;
};

Sentence words_of(int primary) {
    switch (primary) {
        case SQLITE_CORRUPT:
            return {ErrorKind::environment, "SZ-STORE-002", "The database file is damaged.",
                    "Restore it from a backup or a snapshot; the file itself was left as it is."};
        case SQLITE_NOTADB:
            return {ErrorKind::environment, "SZ-STORE-002",
                    "The file is not a SessionZero database, or its beginning is damaged.",
                    "Restore it from a backup or a snapshot; the file itself was left as it is."};
        case SQLITE_FULL:
            return {ErrorKind::environment, "SZ-STORE-003",
                    "The disk is full; nothing was changed.", "Free some space and try again."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorKind::environment, "SZ-STORE-003",
                    "Another program is using the database file.",
                    "Close the other program and try again."};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {ErrorKind::environment, "SZ-STORE-003", "The database file may not be written.",
                    "Check the permissions of the file and of its folder."};
        case SQLITE_IOERR:
            return {ErrorKind::environment, "SZ-STORE-003",
                    "The disk refused to read or write; nothing was changed.",
                    "Check the disk and its free space, then try again."};
        case SQLITE_CANTOPEN:
            return {ErrorKind::environment, "SZ-STORE-003", "The database file cannot be opened.",
                    "Check that its folder exists and that you may write there."};
        case SQLITE_NOMEM:
            return {ErrorKind::environment, "SZ-STORE-003", "There is not enough memory.",
                    "Close other programs."};
        case SQLITE_INTERRUPT:
            return {ErrorKind::cancelled, "SZ-STORE-003", "The search was stopped.", ""};
        case SQLITE_TOOBIG:
            return {ErrorKind::limit, "SZ-STORE-003", "A value is too large for the database.", ""};
        case SQLITE_CONSTRAINT:
            return {ErrorKind::conflict, "SZ-STORE-003",
                    "The database already holds something of that name.", ""};
        default:
            return {ErrorKind::internal, "SZ-STORE-003", "The database refused a statement.",
                    "Please report this with the log."};
    }
}

}  // namespace

Error sqlite_stopped(const std::string& file) {
    const Sentence words = words_of(SQLITE_INTERRUPT);
    return Error{words.kind, words.code, words.message, words.hint, file};
}

Error sqlite_error(sqlite3* connection, const std::string& file) {
    const int extended =
        connection == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(connection);
    const Sentence words = words_of(extended & 0xff);
    if (connection != nullptr && words.kind != ErrorKind::cancelled) {
        log::warning("store", file + ": " + sqlite3_errmsg(connection) + " (" +
                                  std::to_string(extended) + ")");
    }
    return Error{words.kind, words.code, words.message, words.hint, file};
}

}  // namespace sz
