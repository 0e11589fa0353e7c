"""How true the register is: decisions, commitments, links and conflicts against rows read by hand."""
