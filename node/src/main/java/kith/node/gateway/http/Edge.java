package kith.node.gateway.http;

import kith.node.core.account.Accounts;
import kith.node.core.room.Rooms;

/// What the routes of features need: who is calling, and what the node serves.
public record Edge(Accounts accounts, Rooms rooms, Authenticated authenticated, Bodies bodies) {}
