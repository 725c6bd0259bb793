package kith.node.feature.receipts;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where it is kept how far a room's members have it; about a second behind.
public interface ReceiptLog {
  CompletionStage<List<Receipt>> of(String room);
}
