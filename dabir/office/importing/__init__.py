"""Lists of cities and of people brought in as tables; planning is pure, services do the acts."""
