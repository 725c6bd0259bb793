package kith.bench.prove;

/// A fault of the cluster that was caused on purpose.
///
/// @param kind the kind of the fault, such as `kill`
/// @param at time of the fault, in milliseconds of the run
record InjectedFault(String kind, String what, long at) {
  private static final int LONGEST_KIND = 30;

  /// Reads `KIND: SENTENCE`; a line without a kind is one of a kind of its own.
  static InjectedFault of(String line, long at) {
    int colon = line.indexOf(':');
    return colon > 0 && colon <= LONGEST_KIND && line.substring(0, colon).matches("[a-z-]+")
        ? new InjectedFault(line.substring(0, colon), line.substring(colon + 1).strip(), at)
        : new InjectedFault(line, line, at);
  }
}
