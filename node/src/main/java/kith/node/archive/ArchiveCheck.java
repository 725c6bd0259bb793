package kith.node.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Reads archives, and checks that the files of each room are unchanged and a chain without gaps.
public final class ArchiveCheck {
  private final List<String> problems = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private int files;
  private long entries;

  private ArchiveCheck() {}

  /// @param problems sentences; the archive is whole if there are none
  /// @param notices sentences about files that are unusual but need not be faults
  public record Report(
      int rooms, int files, long entries, List<String> problems, List<String> notices) {
    public Report {
      problems = List.copyOf(problems);
      notices = List.copyOf(notices);
    }
  }

  /// Several nodes may have written to several directories.
  public static Report verify(List<? extends ArchivePlace> places) throws IOException {
    var check = new ArchiveCheck();
    var byRoom = check.byRoom(places, "");
    byRoom.forEach(check::follow);
    return new Report(byRoom.size(), check.files, check.entries, check.problems, check.notices);
  }

  /// Passes on the entries of a room in their order, after all its files were found to be whole.
  ///
  /// @param entries receives the number and the line of each entry
  public static Report read(
      List<? extends ArchivePlace> places, String room, long from, BiConsumer<Long, String> entries)
      throws IOException {
    var check = new ArchiveCheck();
    var byRoom = check.byRoom(places, room);
    for (var file : check.follow(room, byRoom.getOrDefault(room, List.of())))
      if (check.problems.isEmpty() && file.last() >= from) check.pass(file, from, entries);
    return new Report(byRoom.size(), check.files, check.entries, check.problems, check.notices);
  }

  private void pass(ArchiveFile file, long from, BiConsumer<Long, String> entries)
      throws IOException {
    var seq = new long[] {file.first()};
    try {
      var _ =
          ArchiveFile.read(
              file.found(),
              line -> {
                if (seq[0] >= from) entries.accept(seq[0], line);
                seq[0]++;
              });
    } catch (ArchiveFile.Damaged damaged) {
      problems.add(file.found().shown() + ": " + damaged.getMessage());
    }
  }

  /// @param room only its files, or an empty text for all
  private Map<String, List<ArchiveFile>> byRoom(List<? extends ArchivePlace> places, String room)
      throws IOException {
    var byRoom = new TreeMap<String, List<ArchiveFile>>();
    for (var place : places) for (var found : place.files(room)) read(found, byRoom);
    return byRoom;
  }

  private void read(ArchivePlace.Found found, Map<String, List<ArchiveFile>> byRoom)
      throws IOException {
    try {
      var file = ArchiveFile.read(found, _ -> {});
      byRoom.computeIfAbsent(file.room(), _ -> new ArrayList<>()).add(file);
    } catch (ArchiveFile.Damaged damaged) {
      problems.add(found.shown() + ": " + damaged.getMessage());
    }
  }

  /// Follows the digests from the first file. A file that is not in the chain is left from an
  /// attempt that was interrupted before its entries were destroyed.
  private List<ArchiveFile> follow(String room, List<ArchiveFile> found) {
    var chain = new ArrayList<ArchiveFile>();
    var named = found.stream().map(ArchiveFile::previous).collect(Collectors.toSet());
    // if two files continue the chain, take the one that others continue, or else the longer one
    var better =
        Comparator.<ArchiveFile>comparingInt(file -> named.contains(file.digest()) ? 1 : 0)
            .thenComparingLong(ArchiveFile::last);
    var rest = found.stream().sorted(Comparator.comparingLong(ArchiveFile::first)).toList();
    while (!rest.isEmpty()) {
      var first = rest.getFirst();
      var end = chain.isEmpty() ? first.first() - 1 : chain.getLast().last();
      var digest = chain.isEmpty() ? first.previous() : chain.getLast().digest();
      var next =
          rest.stream()
              .filter(file -> file.first() == end + 1 && file.previous().equals(digest))
              .max(better);
      if (next.isEmpty()) {
        problems.add(
            "Room %s: %s does not continue the files before it, which end with entry %,d."
                .formatted(room, first.found().shown(), end));
        return chain;
      }
      if (chain.isEmpty() && !digest.isEmpty())
        notices.add(
            "Room %s: the files begin with entry %,d; earlier ones are not here."
                .formatted(room, first.first()));
      chain.add(next.get());
      files++;
      entries += next.get().last() - end;
      rest = rest.stream().filter(file -> file.last() > next.get().last()).toList();
    }
    return chain;
  }
}
