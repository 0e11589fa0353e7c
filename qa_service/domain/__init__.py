"""What the service knows about councils, papers and answers: values only, standard library only."""
