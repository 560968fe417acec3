// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cpp_names.hpp"

#include <algorithm>
#include <iterator>

namespace mpst::compiler {

namespace {

constexpr std::string_view keywords =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t "
    "char32_t class compl concept const consteval constexpr constinit const_cast continue "
    "co_await co_return co_yield decltype default delete do double dynamic_cast else enum explicit "
    "export extern false float for friend goto if inline int long mutable namespace new noexcept "
    "not not_eq nullptr operator or or_eq private protected public register reinterpret_cast "
    "requires return short signed sizeof static static_assert static_cast struct switch template "
    "this thread_local throw true try typedef typeid typename union unsigned using virtual void "
    "volatile wchar_t while xor xor_eq ";

// What <cstdint>, <cstdio>, <cerrno> and their like define, and compilers on their own.
constexpr std::string_view macros =
    " assert BIG_ENDIAN BUFSIZ BYTE_ORDER CHAR_BIT CLOCKS_PER_SEC EOF errno FILENAME_MAX FD_CLR "
    "FD_ISSET FD_SET FD_ZERO F_LOCK F_OK F_TEST F_TLOCK F_ULOCK HUGE_VAL I INFINITY LITTLE_ENDIAN "
    "NAN NULL NZERO PIPE_BUF RAND_MAX R_OK WEOF W_OK X_OK alloca complex linux major makedev max "
    "min minor offsetof setjmp stderr stdin stdout unix va_arg va_copy va_end va_start "
    "E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EADV EAFNOSUPPORT EAGAIN EALREADY EBADE EBADF EBADFD "
    "EBADMSG EBADR EBADRQC EBADSLT EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED "
    "ECONNREFUSED ECONNRESET EDEADLK EDEADLOCK EDESTADDRREQ EDOM EDOTDOT EDQUOT EEXIST EFAULT "
    "EFBIG EHOSTDOWN EHOSTUNREACH EHWPOISON EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN "
    "EISDIR EISNAM EKEYEXPIRED EKEYREJECTED EKEYREVOKED ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK "
    "EMSGSIZE EMULTIHOP ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH ENFILE ENOANO ENOBUFS "
    "ENOCSI ENODATA ENODEV ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET "
    "ENOPKG ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM "
    "ENOTRECOVERABLE ENOTSOCK ENOTSUP ENOTTY ENOTUNIQ ENXIO EOPNOTSUPP EOVERFLOW EOWNERDEAD EPERM "
    "EPFNOSUPPORT EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE EREMCHG EREMOTE EREMOTEIO "
    "ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT ESTALE ESTRPIPE ETIME "
    "ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK EXDEV EXFULL "
    "SIGABRT SIGALRM SIGBUS SIGCHLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGKILL SIGPIPE SIGQUIT "
    "SIGSEGV SIGSTOP SIGTERM SIGTSTP SIGTTIN SIGTTOU SIGUSR1 SIGUSR2 SIG_DFL SIG_ERR SIG_IGN ";

// Functions of the C library that stand outside of all namespaces.
constexpr std::string_view functions =
    " abort abs accept access acct acos acosh adjtime alarm alphasort asctime asin asinh atan "
    "atanh atexit atoi basename bcmp bcopy bind brk bsearch bzero calloc cbrt ceil chdir chmod "
    "chown chroot clock clone close closedir confstr connect copysign cos cosh creat crypt "
    "ctermid ctime daemon daylight difftime dirfd dirname div dup dup2 dup3 encrypt environ "
    "epoll_wait erf erfc euidaccess eventfd execl execv execve exit exp exp2 expm1 fabs fchdir "
    "fchown fclose fcntl fdatasync fdim ferror fflush ffs fgetc fgets fileno floor fma fmax "
    "fmin fmod fopen fork fputc fputs fread free frexp fscanf fseek fsetpos fstat fsync ftell "
    "ftime fts_open futimes fwrite gamma getc getchar getcwd getdate getegid getenv geteuid "
    "getgid getgroups gethostid gethostname getitimer getline getlogin getopt getpass "
    "getpeername getpgid getpgrp getpid getppid getpriority getrlimit getrusage gets getsid "
    "getsockname getsockopt gettimeofday getuid gmtime htonl htons hypot ilogb index initgroups "
    "ioctl isalnum isalpha isatty iscntrl isdigit isgraph islower isprint ispunct isspace "
    "isupper isxdigit j0 j1 jn kill labs ldexp ldiv lgamma link listen llabs lldiv llrint "
    "llround localtime lockf log log10 log1p log2 logb lrint lround lseek main malloc mblen "
    "memchr memcmp memcpy memmem memmove memset mkdir mkdtemp mkfifo mknod mkstemp mktime modf "
    "mount msgget msgsnd nan nearbyint nextafter nexttoward nice ntohl ntohs open opendir "
    "optarg opterr optind optopt pause pclose perror personality pipe pipe2 poll popen pow "
    "pread printf profil psignal pthread_create ptrace putc putchar putenv putpwent puts putw "
    "pwrite qsort raise rand random read readdir readlink readv realloc reboot recv recvfrom "
    "recvmsg remainder remove remquo rename rewind rewinddir rindex rint rmdir round sbrk scalb "
    "scalbn scandir scanf sched_yield seekdir select sem_wait send sendfile sendmsg sendto "
    "setbuf setegid setenv seteuid setgid sethostname setitimer setlocale setns setpgid setpgrp "
    "setpriority setregid setreuid setrlimit setsid setsockopt settimeofday setuid setvbuf "
    "shmget shutdown sigaction sigblock siglongjmp sigmask signal significand sigpause sigset "
    "sigstack sin sinh sleep sockatmark socket socketpair sprintf sqrt srand sscanf stat step "
    "stime stpcpy strcat strchr strcmp strcpy strcspn strdup strerror strlen strncpy strpbrk "
    "strsep strspn strstr strtod strtok strtol strxfrm swab swapoff swapon symlink symlinkat "
    "sync syncfs syscall sysconf sysinfo system tan tanh tcgetattr telldir tempnam tgamma time "
    "times timezone tmpfile tmpnam toascii tolower toupper trunc truncate tsearch ttyname "
    "tzname tzset ualarm umask umount uname ungetc ungetwc unlink unshare usleep utime utimes "
    "valloc versionsort vfork vhangup vmsplice vprintf wait wcscat wctomb wmemcpy write writev "
    "y0 y1 yn ";

bool is_among(std::string_view all, std::string_view word) {
    return all.find(' ' + std::string(word) + ' ') != std::string_view::npos;
}
bool ends_with_any(std::string_view word) {
    return word.ends_with("_MAX") || word.ends_with("_MIN") || word.ends_with("_WIDTH") ||
           word.starts_with("EXIT_") || word.starts_with("SEEK_") || word.starts_with("LC_");
}
bool is_taken(std::string_view word) {
    return is_among(keywords, word) || is_among(macros, word) || ends_with_any(word);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c); }

}  // namespace

std::string cpp_name(std::string_view word, std::string_view kind) {
    std::string made;
    for (const char c : word) {
        if (is_letter(c)) {
            made += c;
        } else if (made.empty() || made.back() != '_') {
            made += '_';  // two together are the compiler's
        }
    }
    if (made.empty() || is_digit(made.front()) || made.front() == '_') made.insert(0, kind);
    if (is_taken(made)) made += '_';
    return made;
}

bool is_cpp_name(std::string_view word) { return !word.empty() && cpp_name(word, "x") == word; }

std::string cpp_namespace(std::string_view word) {
    std::string made = cpp_name(word, "Protocol");
    if (made == "std" || made == "mpst" || is_among(functions, made)) made += '_';
    return made;
}

std::string file_name(std::string_view word) {
    std::string made(word);
    std::replace(made.begin(), made.end(), '\'', '_');
    return made;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && (is_letter(text[end]) || text[end] == '_')) ++end;
        if (end > at && (at == 0 || text[at - 1] != ':')) all.emplace_back(text, at, end - at);
        at = end + 1;
    }
    return all;
}

std::string Scope::take_like(const std::string& name, std::string_view suffix) {
    if (take(name)) return name;
    std::string made = name;
    if (made.back() == '_') made.pop_back();
    made += suffix;
    if (take(made)) return made;
    int& number = number_.try_emplace(made, 1).first->second;
    for (;;) {
        const std::string numbered = made + '_' + std::to_string(++number);
        if (take(numbered)) return numbered;
    }
}

}  // namespace mpst::compiler
