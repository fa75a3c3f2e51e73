/** Loaded into the stock host's process beside its own script: it ends when the process that started it has ended. */
process.once("disconnect", () => process.exit());
process.channel?.unref();
