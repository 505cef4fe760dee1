import { startHours } from "./hours.js";
import { timetable } from "./timetable.js";

/* One file, drawn in when a line that says whether somebody answers now comes near. */
startHours({
  ...timetable,
  open: _("Open now until {time}"),
  always: _("Open now"),
  today: _("Closed now, opens at {time}"),
  tomorrow: _("Closed now, opens tomorrow {time}"),
  day: _("Closed now, opens {day} {time}"),
  date: _("Closed now, opens {day} {date}, {time}"),
  away: _("Closed until {day} {date}, {time}: {message}"),
});
