// Loaded before a supervised program. The channel to the supervisor closes however the supervisor ends, also by
// kill -9; the program then ends as if asked to, and after four seconds in any case.
if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), 4_000);
    process.kill(process.pid, 'SIGTERM');
  });
  // The channel alone must not keep a finished program running.
  process.channel.unref();
}
