package kith.bench;

/// A load that is applied to every contender.
enum Scenario {
  A100("A: one room of 100, few members send", 1, 100, 2),
  A1000("A: one room of 1,000, few members send", 1, 1000, 4),
  B("B: 500 rooms of 4, all members send", 500, 4, 2000),
  C("C: one room of 20, all members send", 1, 20, 20);

  final String label;
  final int rooms;
  final int members;
  final int senders;

  /// @param members of each room
  /// @param senders in all rooms together
  Scenario(String label, int rooms, int members, int senders) {
    this.label = label;
    this.rooms = rooms;
    this.members = members;
    this.senders = senders;
  }
}
