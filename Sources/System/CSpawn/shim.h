#pragma once
// What Swift cannot say itself: fork, and what a child must do between fork and exec.
// Only async-signal-safe calls are made in the child.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct reprise_spawn_request {
  const char *path;
  char *const *argv;
  char *const *envp;
  const char *cwd;
  int in, out, err;
  // 1: SIGKILL the child when the thread that spawned it dies (Linux's PR_SET_PDEATHSIG).
  int die_with_parent;
};

// pipe2 and eventfd are not in the headers that Swift sees.
static inline int reprise_pipe(int ends[2]) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC); }
static inline int reprise_loopback_socket(void) {
  return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}
static inline int reprise_eventfd(void) {
  return (int)syscall(SYS_eventfd2, 0u, O_CLOEXEC | O_NONBLOCK);
}

// A socket for datagrams under a name that the system draws, in the name space that has no files (unix(7), autobind).
// Writes the name, five hexadecimal digits and a NUL; returns the descriptor, or -1 with errno set.
static inline int reprise_mark_socket(char name[6]) {
  struct sockaddr_un own;
  socklen_t size = sizeof own;
  int yes = 1, s = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (s < 0) return -1;
  memset(&own, 0, sizeof own);
  own.sun_family = AF_UNIX;
  if (setsockopt(s, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) != 0 ||
      bind(s, (struct sockaddr *)&own, sizeof own.sun_family) != 0 ||
      getsockname(s, (struct sockaddr *)&own, &size) != 0 ||
      size != offsetof(struct sockaddr_un, sun_path) + 6) {
    int why = errno;
    close(s);
    errno = why ? why : EPROTO;
    return -1;
  }
  memcpy(name, own.sun_path + 1, 5);
  name[5] = 0;
  return s;
}

// Takes one datagram; one of another user's process counts as an empty one. Returns its size, or -1 when there is none.
static inline ssize_t reprise_take_mark(int s, char *text, size_t room, struct sockaddr_un *from, socklen_t *from_size) {
  struct iovec piece = {text, room};
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(3 * sizeof(int))];
  } control;
  struct msghdr message;
  memset(&message, 0, sizeof message);
  message.msg_name = from;
  message.msg_namelen = sizeof *from;
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = &control;
  message.msg_controllen = sizeof control;
  ssize_t size = recvmsg(s, &message, MSG_DONTWAIT);
  if (size < 0) return -1;
  *from_size = message.msg_namelen;
  struct cmsghdr *part = CMSG_FIRSTHDR(&message);
  // SCM_CREDENTIALS, 2: process, user, group; not in the headers without _GNU_SOURCE.
  if (!part || part->cmsg_level != SOL_SOCKET || part->cmsg_type != 2) return 0;
  int who[3];
  memcpy(who, CMSG_DATA(part), sizeof who);
  return (uid_t)who[1] == geteuid() ? size : 0;
}

// Says that a mark was heeded.
static inline void reprise_answer_mark(int s, const struct sockaddr_un *to, socklen_t size) {
  if (size > sizeof(sa_family_t)) sendto(s, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL, (const struct sockaddr *)to, size);
}

// In the C library since 2.29, but not in the headers that Swift sees.
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);

// Starts a program in a session of its own. Returns its pid, or -1 with errno set;
// *stage then says what failed: 1 chdir, 2 exec, 0 anything before.
static inline pid_t reprise_spawn(const struct reprise_spawn_request *r, int *stage) {
  int report[2];
  *stage = 0;
  if (reprise_pipe(report) != 0) return -1;
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    int failed[2] = {0, 0};
    setsid();
    if (r->die_with_parent) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) _exit(127);
    }
    for (int s = 1; s < 65; s++) signal(s, SIG_DFL);
    if (dup2(r->in, 0) < 0 || dup2(r->out, 1) < 0 || dup2(r->err, 2) < 0) goto fail;
    fcntl(0, F_SETFD, 0);
    fcntl(1, F_SETFD, 0);
    fcntl(2, F_SETFD, 0);
    // Everything else that is open closes at exec, whoever opened it.
    syscall(SYS_close_range, 3u, ~0u, 4u /* CLOSE_RANGE_CLOEXEC */);
    if (r->cwd && chdir(r->cwd) != 0) {
      failed[1] = 1;
      goto fail;
    }
    {
      sigset_t none;
      sigemptyset(&none);
      sigprocmask(SIG_SETMASK, &none, 0);
    }
    execve(r->path, r->argv, r->envp);
    failed[1] = 2;
  fail:
    failed[0] = errno;
    (void)!write(report[1], failed, sizeof failed);
    _exit(127);
  }
  int saved = errno;
  sigprocmask(SIG_SETMASK, &before, 0);
  close(report[1]);
  if (pid < 0) {
    close(report[0]);
    errno = saved;
    return -1;
  }
  int failed[2] = {0, 0};
  ssize_t n;
  do n = read(report[0], failed, sizeof failed);
  while (n < 0 && errno == EINTR);
  close(report[0]);
  if (n == (ssize_t)sizeof failed) {
    int status;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    *stage = failed[1];
    errno = failed[0];
    return -1;
  }
  return pid;
}

// Signals as bytes in a pipe. A handler, because a mask does not hold: libdispatch lets every signal through in
// the main thread (it waits in sigsuspend).
static int reprise_signal_writer = -1;
static inline void reprise_signal_arrived(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  (void)!write(reprise_signal_writer, &byte, 1);
  errno = saved;
}
// A signal that we were started to ignore (by nohup, or by a shell for its background) stays ignored.
static inline void reprise_watch_signal(int number, int writer) {
  reprise_signal_writer = writer;
  struct sigaction now;
  if (sigaction(number, 0, &now) != 0 || now.sa_handler == SIG_IGN) return;
  now.sa_handler = reprise_signal_arrived;
  now.sa_flags = SA_RESTART;
  sigemptyset(&now.sa_mask);
  sigaction(number, &now, 0);
}

static inline int reprise_pidfd_open(pid_t pid) {
  return (int)syscall(SYS_pidfd_open, pid, 0u);
}

static inline int reprise_status_exited(int status) { return WIFEXITED(status); }
static inline int reprise_status_code(int status) { return WEXITSTATUS(status); }
static inline int reprise_status_signal(int status) { return WTERMSIG(status); }
