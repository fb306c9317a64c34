// Loaded before the service: its clock is so many milliseconds ahead, so that a test is the same on every day of the year.
const ahead = Number(process.env.CLOCK_AHEAD ?? 0);
const real = Date.now;
Date.now = () => real() + ahead;
