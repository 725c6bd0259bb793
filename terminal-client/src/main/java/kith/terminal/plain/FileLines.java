package kith.terminal.plain;

import java.util.Locale;
import java.util.function.UnaryOperator;
import kith.protocol.frame.Entry;
import kith.protocol.rest.SharedFiles.FileQuota;
import kith.protocol.rest.SharedFiles.RoomFile;

/// Files as lines of text.
public final class FileLines {
  private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

  private FileLines() {}

  /// A file of a message: `▣ garden.jpg 312 KB 1200×800`.
  public static String row(Entry.File file) {
    return row(file.name(), file.size()) + pixels(file);
  }

  public static String row(String name, long size) {
    return "▣ " + Sanitizer.line(name) + " " + size(size);
  }

  /// The same with the name as others give it: a screen shortens long ones.
  public static String row(UnaryOperator<String> shortened, Entry.File file) {
    return "▣ "
        + shortened.apply(Sanitizer.line(file.name()))
        + " "
        + size(file.size())
        + pixels(file);
  }

  /// The completed part of a transfer: `43 %`.
  public static String percent(long done, long size) {
    return (size == 0 ? 100 : done * 100 / size) + " %";
  }

  /// A file in the list of a room's files.
  public static String listed(RoomFile of, String time) {
    return "#%d %s %s %s  %s"
        .formatted(of.seq(), time, Sanitizer.line(of.by()), row(of.file()), of.file().id());
  }

  /// The size of all files of an account, and the size that they may have: `312 KB of 2.0 GB`.
  public static String used(FileQuota quota) {
    return size(quota.usedBytes()) + " of " + size(quota.quotaBytes());
  }

  private static String pixels(Entry.File file) {
    return file.width().isPresent() && file.height().isPresent()
        ? " " + file.width().getAsInt() + "×" + file.height().getAsInt()
        : "";
  }

  /// A size in units of 1,024.
  public static String size(long bytes) {
    if (bytes < 1024) return bytes + " bytes";
    double value = bytes;
    var unit = -1;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return value < 9.95
        ? String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit])
        : Math.round(value) + " " + UNITS[unit];
  }
}
