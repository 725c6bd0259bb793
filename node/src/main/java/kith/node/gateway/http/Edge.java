package kith.node.gateway.http;

import kith.node.core.account.Accounts;
import kith.node.core.room.Rooms;

/// What feature routes need: the caller's identity and permissions, and the accounts and rooms of
/// the node.
public record Edge(
    Accounts accounts,
    Rooms rooms,
    Authenticated authenticated,
    Permitted permitted,
    Bodies bodies) {}
